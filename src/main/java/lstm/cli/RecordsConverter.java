package lstm.cli;

import lstm.text.Records;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Kinds of records by their labels, for picocli, which would also offer the constants' names. */
final class RecordsConverter implements ITypeConverter<Records> {

    @Override
    public Records convert(String label) {
        try {
            return Records.fromLabel(label);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
