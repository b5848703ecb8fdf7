package lstm.batch;

import lstm.text.Tokens;

/**
 * A text cut in two.
 *
 * @param training the first part
 * @param validation the last part, contiguous; empty where there is none
 */
public record Split(Tokens training, Tokens validation) {

    /**
     * Cuts off the last part for validation.
     *
     * @param fraction its share, from 0 to below 1
     * @throws IllegalArgumentException where the fraction is out of range
     */
    public static Split of(Tokens tokens, double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException("expected a share for validation from 0 to below 1, found " + fraction);
        }
        long size = tokens.size();
        long last = (long) (size * fraction);
        // One token alone predicts nothing, and training needs two.
        last = last < 2 || size - last < 2 ? 0 : last;
        return new Split(tokens.slice(0, size - last), tokens.slice(size - last, size));
    }
}
