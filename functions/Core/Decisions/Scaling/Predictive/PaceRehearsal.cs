namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>Leads a fleet through past wishes at a pace, as it would have gone, and says what that was worth.</summary>
internal sealed class PaceRehearsal(PredictiveSizingSettings settings, int historyMinutes)
{
    private readonly int[] _highest = new int[historyMinutes];
    private readonly int[] _queue = new int[historyMinutes];
    private readonly int[] _counts = new int[historyMinutes];

    /// <summary>
    /// What a pace would have come to: the logarithm of the mean bill, and the price of short minutes and changes. The
    /// less the better; infinity as soon as it cannot be the best any more.
    /// </summary>
    public double Rehearse(SizingPace pace, ReadOnlySpan<int> wishes, ReadOnlySpan<double> needed, double best)
    {
        Hold(wishes, pace.HoldMinutes);
        var minutes = needed.Length - settings.LagMinutes;
        var (billed, minutesShort, changes, lastChange) = (0L, 0, 0, 0);
        var capacity = wishes[0];
        for (var i = 0; i < minutes; i++)
        {
            var next = pace.Next(capacity, wishes[i], _highest[i]);
            if (next != capacity)
            {
                changes++;
                (capacity, lastChange) = (next, i);
            }

            billed += next;
            _counts[i] = next;
            var serving = i - lastChange < settings.BootMinutes ? Serving(i) : next;
            minutesShort += serving < needed[i + settings.LagMinutes] ? 1 : 0;
            if (i % LoadMemory.Day == 0 && Worth(billed, minutesShort, changes, minutes) > best)
            {
                return double.PositiveInfinity;
            }
        }

        return Worth(billed, minutesShort, changes, minutes);
    }

    /// <summary>The highest wish of the last minutes, for each minute. The queue holds those that no later one has passed.</summary>
    private void Hold(ReadOnlySpan<int> wishes, int holdMinutes)
    {
        var first = 0;
        var count = 0;
        for (var i = 0; i < wishes.Length; i++)
        {
            while (count > 0 && wishes[_queue[first + count - 1]] <= wishes[i])
            {
                count--;
            }

            _queue[first + count++] = i;
            if (_queue[first] <= i - holdMinutes)
            {
                first++;
                count--;
            }

            _highest[i] = wishes[_queue[first]];
        }
    }

    /// <summary>Those serve that were asked for a boot time ago and not given back since.</summary>
    private int Serving(int minute)
    {
        var serving = _counts[minute];
        for (var before = Math.Max(0, minute - settings.BootMinutes); before < minute; before++)
        {
            serving = Math.Min(serving, _counts[before]);
        }

        return serving;
    }

    private double Worth(long billed, int minutesShort, int changes, int minutes) =>
        Math.Log((double)billed / minutes)
        + (settings.ShortagePrice * minutesShort / minutes)
        + (settings.ActionPrice * changes * LoadMemory.Day / minutes);
}
