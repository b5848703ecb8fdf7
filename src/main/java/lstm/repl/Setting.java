package lstm.repl;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import lstm.generate.Cuts;
import lstm.generate.Repetition;
import lstm.generate.SamplingSettings;
import lstm.generate.Temperature;
import lstm.generate.TextRules;

/**
 * Something that a person can set: by a command of its own name, with {@code :set}, and in the file of a session.
 *
 * @param argument what it takes, for the help
 * @param value as it is shown, and as {@code change} takes it
 * @param change throws an {@link IllegalArgumentException} where the value is not one
 */
record Setting(
        String name,
        String argument,
        String description,
        Function<Settings, String> value,
        BiFunction<Settings, String, Settings> change) {

    private static final String ON = "on";
    private static final String OFF = "off";

    /** All, in the order in which they are shown. */
    static final List<Setting> ALL = List.of(
            sampling(
                    "temp",
                    "X[:Y]",
                    "0 takes the likeliest, 1 draws as learnt; X:Y from X to Y",
                    SamplingSettings::temperature,
                    (settings, text) -> settings.withTemperature(Temperature.parse(text))),
            sampling(
                    "length",
                    "N",
                    "characters that a completion has",
                    SamplingSettings::length,
                    (settings, text) -> settings.withLength(Long.parseLong(text))),
            cut(
                    "top-k",
                    "N",
                    "draw from the N likeliest characters only; 0 is all",
                    Cuts::topK,
                    (cuts, text) -> cuts.withTopK(Integer.parseInt(text))),
            cut(
                    "typical",
                    "X",
                    "of these, those about as surprising as the text is on the whole",
                    Cuts::typical,
                    (cuts, text) -> cuts.withTypical(Double.parseDouble(text))),
            cut(
                    "top-p",
                    "X",
                    "of these, the likeliest that make up the probability X",
                    Cuts::topP,
                    (cuts, text) -> cuts.withTopP(Double.parseDouble(text))),
            cut(
                    "min-p",
                    "X",
                    "of these, those with X times the likeliest one's probability",
                    Cuts::minP,
                    (cuts, text) -> cuts.withMinP(Double.parseDouble(text))),
            repetition(
                    "repetition-penalty",
                    "X",
                    "repetitions to the power X; 1 is none",
                    Repetition::penalty,
                    (repetition, text) -> repetition.withPenalty(Double.parseDouble(text))),
            repetition(
                    "repetition-window",
                    "N",
                    "of what stands in the last N characters",
                    Repetition::window,
                    (repetition, text) -> repetition.withWindow(Integer.parseInt(text))),
            repetition(
                    "repetition-length",
                    "N",
                    "from N characters in a row on",
                    Repetition::length,
                    (repetition, text) -> repetition.withLength(Integer.parseInt(text))),
            rule(
                    "stop",
                    "TEXT",
                    "ends before this; \\n is a newline, \\| parts several",
                    rules -> StopNotation.of(rules.stops()),
                    (rules, text) -> rules.withStops(StopNotation.stops(text))),
            rule(
                    "lines",
                    "N",
                    "ends behind so many lines",
                    rules -> rules.lines() == Long.MAX_VALUE ? "" : Long.toString(rules.lines()),
                    (rules, text) -> rules.withLines(text.isEmpty() ? Long.MAX_VALUE : Long.parseLong(text))),
            rule(
                    "chars",
                    "CLASS",
                    "writes nothing but these, such as a-z or ^0-9",
                    TextRules::characters,
                    TextRules::withCharacters),
            rule(
                    "match",
                    "REGEX",
                    "makes what the model writes match",
                    TextRules::expression,
                    TextRules::withExpression),
            new Setting(
                    "best-of",
                    "N",
                    "makes so many and shows the likeliest",
                    settings -> Integer.toString(settings.bestOf()),
                    (settings, text) -> settings.withBestOf(Integer.parseInt(text))),
            new Setting(
                    "beam",
                    "N|" + OFF,
                    "searches for the likeliest with N at a time",
                    settings -> settings.beam() == 0 ? OFF : Integer.toString(settings.beam()),
                    (settings, text) -> settings.withBeam(text.equals(OFF) ? 0 : Integer.parseInt(text))),
            new Setting(
                    "adapt",
                    "on|" + OFF,
                    "the model learns from what you write, in memory",
                    settings -> settings.adapts() ? ON : OFF,
                    (settings, text) -> settings.withAdapts(isOn(text))),
            new Setting(
                    "seed",
                    "N|" + OFF,
                    "the same text each time, or a new one",
                    settings -> settings.seed().isPresent()
                            ? Long.toString(settings.seed().getAsLong())
                            : OFF,
                    (settings, text) -> settings.withSeed(
                            text.equals(OFF) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text)))));

    private static boolean isOn(String text) {
        if (!text.equals(ON) && !text.equals(OFF)) {
            throw new IllegalArgumentException("adapt takes on or off, found " + text);
        }
        return text.equals(ON);
    }

    /** Which may be off. */
    private static Setting rule(
            String name,
            String argument,
            String description,
            Function<TextRules, String> value,
            BiFunction<TextRules, String, TextRules> change) {
        return new Setting(
                name,
                argument + "|" + OFF,
                description,
                settings -> {
                    String shown = value.apply(settings.rules());
                    return shown.isEmpty() ? OFF : shown;
                },
                (settings, text) -> settings.withRules(change.apply(settings.rules(), text.equals(OFF) ? "" : text)));
    }

    private static Setting cut(
            String name,
            String argument,
            String description,
            Function<Cuts, Object> value,
            BiFunction<Cuts, String, Cuts> change) {
        return sampling(
                name,
                argument,
                description,
                settings -> value.apply(settings.cuts()),
                (settings, text) -> settings.withCuts(change.apply(settings.cuts(), text)));
    }

    private static Setting repetition(
            String name,
            String argument,
            String description,
            Function<Repetition, Object> value,
            BiFunction<Repetition, String, Repetition> change) {
        return sampling(
                name,
                argument,
                description,
                settings -> value.apply(settings.repetition()),
                (settings, text) -> settings.withRepetition(change.apply(settings.repetition(), text)));
    }

    private static Setting sampling(
            String name,
            String argument,
            String description,
            Function<SamplingSettings, Object> value,
            BiFunction<SamplingSettings, String, SamplingSettings> change) {
        return new Setting(
                name,
                argument,
                description,
                settings -> value.apply(settings.sampling()).toString(),
                (settings, text) -> settings.withSampling(change.apply(settings.sampling(), text)));
    }

    /** Whether a command is that of a setting. */
    static boolean isSetBy(String command) {
        return ALL.stream().anyMatch(setting -> command.equals(":" + setting.name()));
    }

    /**
     * Sets it.
     *
     * @throws CommandException where the value is not one
     */
    void set(Session session, String text) {
        try {
            session.settings(changed(session.settings(), text));
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Settings with this value of it.
     *
     * @throws CommandException where it is none
     */
    Settings changed(Settings settings, String text) {
        try {
            return change.apply(settings, text);
        } catch (NumberFormatException e) {
            throw new CommandException(name + " takes a number, found " + text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    String shown(Session session) {
        return name + " " + value.apply(session.settings());
    }
}
