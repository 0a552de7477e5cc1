using System.Globalization;
using NodaTime;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>Makes floors of recurring profiles and of fixed dates to come, and says which cannot be.</summary>
internal static class ImportedFloors
{
    /// <summary>More windows than a person reads, and no list of a policy holds more.</summary>
    private const int Most = PolicyField.MaximumItems;

    /// <summary>What the dates of a policy are within.</summary>
    private static readonly (LocalDateTime First, LocalDateTime Last) Calendar = (new(WhenFields.FirstYear, 1, 1, 0, 0), new(WhenFields.LastYear, 12, 31, 23, 59));

    public static IReadOnlyList<ImportedFloor> Of(
        IReadOnlyList<AutoscaleProfile> lasting, IReadOnlyList<AutoscaleProfile> upcoming, (int Least, int Most) bounds, List<string> notes)
    {
        var floors = Weekly([.. lasting.Where(profile => profile.When is ProfileTime.Recurring)], bounds, notes);
        foreach (var profile in upcoming)
        {
            if (Once(profile, bounds, notes) is not { } floor)
            {
                continue;
            }

            if (floors.Count < Most)
            {
                floors.Add(floor);
            }
            else
            {
                notes.Add($"profile '{profile.Name}': a policy has at most {Most} floors, and this is one more; it is not imported, so put its minimum of {floor.Minimum} into another policy, or raise the bounds by hand at its date");
            }
        }

        return floors;
    }

    private static List<ImportedFloor> Weekly(List<AutoscaleProfile> recurring, (int Least, int Most) bounds, List<string> notes)
    {
        var zones = recurring.Select(profile => ((ProfileTime.Recurring)profile.When).Zone).Distinct().ToList();
        if (zones.Count > 1)
        {
            notes.Add($"recurring profiles of several time zones ({string.Join(", ", zones.Select(Iana))}): their minimums are not imported");
        }

        var weekly = zones.Count == 1 ? WeeklyFloors.Of(recurring, bounds.Least) : [];
        if (weekly.Count > Most)
        {
            notes.Add($"recurring profiles that begin so often that their minimums would be {weekly.Count} floors: they are not imported");
            return [];
        }

        return [.. weekly.Select(floor => new ImportedFloor(floor.When, Iana(zones[0]), Math.Min(floor.Minimum, bounds.Most)))];
    }

    private static ImportedFloor? Once(AutoscaleProfile profile, (int Least, int Most) bounds, List<string> notes)
    {
        var time = (ProfileTime.Fixed)profile.When;
        if (profile.Minimum <= bounds.Least)
        {
            notes.Add($"profile '{profile.Name}': a floor only raises, and its minimum of {profile.Minimum} does not");
            return null;
        }

        var (from, to) = (Within(time.Start), Within(Whole(time.End)));
        if (to <= from)
        {
            notes.Add($"profile '{profile.Name}': it begins after {WhenFields.LastYear}, and no policy reaches so far; it is not imported, so add its floor by hand when it is near");
            return null;
        }

        if (time.Start < Calendar.First || time.End > Calendar.Last)
        {
            notes.Add($"profile '{profile.Name}': its dates lead out of the years {WhenFields.FirstYear} to {WhenFields.LastYear}, and the floor ends there");
        }

        if (profile.Minimum > bounds.Most)
        {
            notes.Add($"profile '{profile.Name}': its minimum of {profile.Minimum} is above the maximum of {bounds.Most}, which is the floor then");
        }

        return new ImportedFloor(string.Create(CultureInfo.InvariantCulture, $"{from:uuuu-MM-dd'T'HH:mm}/{to:uuuu-MM-dd'T'HH:mm}"), Iana(time.Zone), Math.Min(profile.Minimum, bounds.Most));
    }

    /// <summary>A policy has whole minutes: a floor begins with the minute it begins in, and ends after that it ends in.</summary>
    private static LocalDateTime Whole(LocalDateTime end) =>
        end > Calendar.Last || end.With(TimeAdjusters.TruncateToMinute) == end ? end : end.With(TimeAdjusters.TruncateToMinute).PlusMinutes(1);

    private static LocalDateTime Within(LocalDateTime time) =>
        LocalDateTime.Max(Calendar.First, LocalDateTime.Min(Calendar.Last, time.With(TimeAdjusters.TruncateToMinute)));

    private static string Iana(DateTimeZone zone) => zone.Id == "UTC" ? "Etc/UTC" : zone.Id;
}
