namespace ScaleFunctions.App.Commands;

/// <summary>Spans of time as people type them.</summary>
internal static class SpanText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads numbers with the units d, h, m, s in that order, for example <c>1h30m</c>. Must be positive.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        var units = "dhms";
        var digits = 0;
        var number = 0L;
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) && digits < 9)
            {
                number = (number * 10) + (letter - '0');
                digits++;
                continue;
            }

            var unit = units.IndexOf(letter, StringComparison.Ordinal);
            if (unit < 0 || digits == 0)
            {
                return false;
            }

            span += letter switch
            {
                'd' => TimeSpan.FromDays(Math.Min(number, 100_000)),
                'h' => TimeSpan.FromHours(Math.Min(number, 1_000_000)),
                'm' => TimeSpan.FromMinutes(number),
                _ => TimeSpan.FromSeconds(number),
            };
            units = units[(unit + 1)..];
            (digits, number) = (0, 0);
        }

        return digits == 0 && span > TimeSpan.Zero && span <= Longest;
    }

    public static string Describe(TimeSpan span) => span.TotalDays >= 2
        ? $"{span.TotalDays:0.#} days"
        : span.TotalHours >= 2 ? $"{span.TotalHours:0.#} hours"
        : span < TimeSpan.FromMinutes(1) ? $"{span.TotalSeconds:0.#} seconds"
        : span == TimeSpan.FromMinutes(1) ? "1 minute" : $"{span.TotalMinutes:0.#} minutes";
}
