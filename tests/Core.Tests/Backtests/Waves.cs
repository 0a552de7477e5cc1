namespace ScaleFunctions.Core.Tests.Backtests;

/// <summary>Made-up loads of one-minute steps. They are sums of sines, so they are the same on every machine.</summary>
internal static class Waves
{
    /// <summary>A day's wave between 10 and 30, with nothing else.</summary>
    public static double[] Daily(int days) => [.. Enumerable.Range(0, days * 1440).Select(minute => 20 - (10 * Math.Cos(2 * Math.PI * minute / 1440)))];

    /// <summary>A daily and a weekly wave, ripples of several lengths, and a burst of a quarter of an hour each 31 hours.</summary>
    public static double[] Busy(int days) =>
    [
        .. Enumerable.Range(0, days * 1440).Select(minute =>
        {
            var day = 1 - (0.5 * Math.Cos(2 * Math.PI * minute / 1440));
            var week = 1 + (0.2 * Math.Sin(2 * Math.PI * minute / (7 * 1440)));
            var ripple = 1 + (0.04 * Math.Sin(minute * 0.7)) + (0.05 * Math.Sin(minute * 0.113)) + (0.03 * Math.Sin(minute * 2.9));
            var burst = minute % (31 * 60) < 15 ? 1.8 : 1;
            return day * week * ripple * burst;
        }),
    ];
}
