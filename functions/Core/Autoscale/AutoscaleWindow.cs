namespace ScaleFunctions.Core.Autoscale;

/// <summary>Makes one value of the minutes that a rule looks back on.</summary>
public static class AutoscaleWindow
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The value of a rule's window; null when it has no sample.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="end">Where the window ends: the first minute that cannot be read yet.</param>
    /// <param name="minutes">The minute that begins at a time: an average instance's value and how many reported it; null when there is none.</param>
    public static double? Value(AutoscaleRule rule, DateTimeOffset end, Func<DateTimeOffset, (double Value, int Instances)?> minutes)
    {
        var samples = new List<double>();
        for (var begins = end - rule.Window; begins < end; begins += rule.Grain)
        {
            var ends = begins + rule.Grain < end ? begins + rule.Grain : end;
            if (Sample(rule.Statistic, Minutes(begins, ends, minutes)) is { } sample)
            {
                samples.Add(sample);
            }
        }

        return samples.Count == 0 ? null : rule.Aggregation switch
        {
            WindowAggregation.Average => samples.Average(),
            WindowAggregation.Minimum => samples.Min(),
            WindowAggregation.Maximum => samples.Max(),
            WindowAggregation.Total => samples.Sum(),
            WindowAggregation.Count => samples.Count,
            _ => samples[^1],
        };
    }

    private static List<(double Value, int Instances)> Minutes(
        DateTimeOffset begins, DateTimeOffset ends, Func<DateTimeOffset, (double Value, int Instances)?> minutes)
    {
        var found = new List<(double, int)>();
        for (var at = begins; at < ends; at += Minute)
        {
            if (minutes(at) is { Instances: > 0 } minute)
            {
                found.Add(minute);
            }
        }

        return found;
    }

    private static double? Sample(SampleStatistic statistic, List<(double Value, int Instances)> minutes) => minutes.Count == 0 ? null : statistic switch
    {
        SampleStatistic.Average => minutes.Sum(each => each.Value * each.Instances) / minutes.Sum(each => each.Instances),
        SampleStatistic.Min => minutes.Min(each => each.Value),
        SampleStatistic.Max => minutes.Max(each => each.Value),
        SampleStatistic.Sum => minutes.Sum(each => each.Value * each.Instances),
        _ => minutes.Sum(each => each.Instances),
    };
}
