package lstm.batch;

import lstm.text.Tokens;

/** What is learnt from in each epoch, always of one length. */
public interface Epochs {

    /** The same text in every epoch. */
    static Epochs of(Tokens text) {
        return new Epochs() {
            @Override
            public long size() {
                return text.size();
            }

            @Override
            public Tokens tokens(long epoch) {
                return text;
            }
        };
    }

    /** How many tokens an epoch has. */
    long size();

    /** The text of an epoch, the first of which is 0; several threads ask for the same one. */
    Tokens tokens(long epoch);
}
