using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Costs;

/// <summary>
/// Counts what is spent from what is seen: instances × time × price. It knows what is billed by instance and hour, and nothing of
/// disks, traffic, licences bought apart or what a deallocated machine still has.
/// </summary>
/// <remarks>
/// | Between two looks | is counted |
/// | --- | --- |
/// | nothing changed | as it was |
/// | our own change, whose time is known | by that time |
/// | somebody else's, whose time is not | half by what was before, half by what came after |
/// | the resource went, or came | the same, with no instance on the other side |
/// | more than <see cref="AssumedFor"/> passed | as it was for so long; then nothing, and the time is uncovered |
/// | its price is not known | nothing; the time is uncovered |
/// </remarks>
public static class FastClock
{
    /// <summary>Two looks may fail before a count is not relied on any more.</summary>
    public static readonly TimeSpan AssumedFor = TimeSpan.FromMinutes(45);

    /// <summary>Parts of a millionth of an hour's price are beyond every bill.</summary>
    private const int Digits = 8;

    /// <summary>The day with the time since the last look counted; the same when it was counted already. A look after the day's end ends it.</summary>
    public static SpendDay Count(SpendDay day, SpendLook look)
    {
        var end = look.At < day.End ? look.At : day.End;
        if (end <= day.Through)
        {
            return day;
        }

        var isOfDay = look.At < day.End;
        var rows = day.Rows.Select(row => Count(row, look, day.Through, end, isOfDay)).ToList();
        var known = day.Rows.Select(row => row.Resource).ToHashSet(StringComparer.Ordinal);
        foreach (var (resource, seen) in look.Resources.Where(each => !known.Contains(each.Key)).OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            if (Appeared(resource, seen, day.Through, look, end, isOfDay) is { } row)
            {
                rows.Add(row);
            }
        }

        return day with { Through = end, Rows = rows };
    }

    private static ResourceSpend Count(ResourceSpend row, SpendLook look, DateTimeOffset from, DateTimeOffset end, bool isOfDay)
    {
        var seen = look.Resources.GetValueOrDefault(row.Resource);
        if (seen is null && row.Last.Instances == 0)
        {
            // What went, or was stopped when it was seen last, costs nothing until somebody sees it again.
            return row;
        }

        var now = seen?.Sighting ?? (look.IsComplete ? row.Last with { At = look.At, Instances = 0 } : null);
        var counted = Add(row, Stretches(row.Last, now, look.At, seen?.Changes ?? []), from, end);

        // What nobody saw keeps the time of its last sighting, so that what is assumed of it runs out. A day that is over keeps what was seen on it.
        return now is null || !isOfDay ? counted : counted with { Last = now, Tags = seen?.Tags ?? row.Tags };
    }

    private static ResourceSpend? Appeared(string resource, SeenResource seen, DateTimeOffset from, SpendLook look, DateTimeOffset end, bool isOfDay)
    {
        var before = seen.Sighting with { At = from, Instances = 0 };
        var row = ResourceSpend.Begin(resource, isOfDay ? seen.Sighting : before, seen.Tags);

        // After a gap nobody knows when it came.
        return look.At - from > AssumedFor
            ? isOfDay ? row : null
            : Add(row, Stretches(before, seen.Sighting, look.At, seen.Changes), from, end);
    }

    /// <summary>What there was from a sighting to another, or to a look that did not find it; nothing of the time that nothing is known of.</summary>
    private static List<Stretch> Stretches(SpendSighting last, SpendSighting? now, DateTimeOffset at, IReadOnlyList<CountChange> changes)
    {
        var known = at - last.At > AssumedFor ? last.At + AssumedFor : at;

        // A price that is only known now was the same an hour ago.
        var price = last.Price is PriceReading.Missing && now is not null && now.Sku == last.Sku ? now.Price : last.Price;
        if (now is null || known < at)
        {
            return [new Stretch(last.At, known, last.Instances, price)];
        }

        var stretches = new List<Stretch>();
        var (cursor, instances) = (last.At, last.Instances);
        foreach (var change in changes.Where(change => change.At > last.At && change.At < at).OrderBy(change => change.At))
        {
            stretches.Add(new Stretch(cursor, change.At, instances, price));
            (cursor, instances) = (change.At, change.To);
        }

        var middle = instances == now.Instances && now.Sku == last.Sku ? at : cursor + ((at - cursor) / 2);
        stretches.Add(new Stretch(cursor, middle, instances, price));
        stretches.Add(new Stretch(middle, at, now.Instances, now.Price));
        return stretches;
    }

    private static ResourceSpend Add(ResourceSpend row, IEnumerable<Stretch> stretches, DateTimeOffset from, DateTimeOffset end)
    {
        var hours = row.Hours.ToArray();
        var (covered, instanceTime) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var stretch in stretches)
        {
            var (start, stop) = (stretch.From > from ? stretch.From : from, stretch.To < end ? stretch.To : end);
            while (start < stop)
            {
                var hour = start.UtcDateTime.Hour;
                var next = new DateTimeOffset(start.UtcDateTime.Date.AddHours(hour + 1), TimeSpan.Zero);
                var span = (next < stop ? next : stop) - start;
                if (stretch.PerHour is { } perHour)
                {
                    hours[hour] += decimal.Round(stretch.Instances * perHour * span.Ticks / TimeSpan.TicksPerHour, Digits);
                    covered += span;
                    instanceTime += stretch.Instances * span;
                }

                start += span;
            }
        }

        return row with
        {
            Hours = hours,
            Covered = row.Covered + covered,
            Uncovered = row.Uncovered + (end - from - covered),
            InstanceTime = row.InstanceTime + instanceTime,
        };
    }

    private readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To, int Instances, PriceReading Price)
    {
        /// <summary>What none costs is known without a price.</summary>
        public decimal? PerHour => Instances == 0 ? 0 : (Price as PriceReading.Known)?.Price.PerHour.Amount;
    }
}
