using NodaTime;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>
/// Chooses the one profile that holds: fixed dates before recurrences before the default; of several fixed ones the first in the
/// list, of recurring ones that which began last.
/// </summary>
public static class ProfileChoice
{
    /// <summary>The profile in force; null when none is, which only a setting without a default can come to.</summary>
    public static AutoscaleProfile? At(IReadOnlyList<AutoscaleProfile> profiles, DateTimeOffset now)
    {
        var instant = Instant.FromDateTimeOffset(now);
        return profiles.FirstOrDefault(profile => profile.When is ProfileTime.Fixed time && time.Contains(instant))
            ?? profiles
                .Select(profile => (Profile: profile, Start: (profile.When as ProfileTime.Recurring)?.LastStart(instant)))
                .Where(each => each.Start is not null)
                .OrderByDescending(each => each.Start)
                .FirstOrDefault().Profile
            ?? profiles.FirstOrDefault(profile => profile.When is ProfileTime.Otherwise);
    }

    /// <summary>When another profile than now begins to hold, or none; absent when that is not before a time.</summary>
    public static DateTimeOffset? NextChange(IReadOnlyList<AutoscaleProfile> profiles, DateTimeOffset now, DateTimeOffset before)
    {
        var (from, to) = (Instant.FromDateTimeOffset(now), Instant.FromDateTimeOffset(before));
        var current = At(profiles, now);
        foreach (var moment in profiles.SelectMany(profile => Edges(profile.When, from, to)).Where(at => from < at && at < to).Distinct().Order())
        {
            if (!ReferenceEquals(At(profiles, moment.ToDateTimeOffset()), current))
            {
                return moment.ToDateTimeOffset();
            }
        }

        return null;
    }

    private static IEnumerable<Instant> Edges(ProfileTime time, Instant from, Instant to) => time switch
    {
        ProfileTime.Fixed date => [date.Begins, date.Ends],
        ProfileTime.Recurring recurring => recurring.StartsBetween(from, to),
        _ => [],
    };
}
