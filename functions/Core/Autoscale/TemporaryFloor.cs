using NodaTime;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>The profile that we put into settings of others, and that ends by itself. It is no part of what its owner wants.</summary>
public static class TemporaryFloor
{
    /// <summary>Who finds it in the portal should know whose it is and that it ends.</summary>
    public const string Name = "ScaleFunctions floor (temporary)";

    /// <summary>How long it lasts at most when nobody renews it.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    /// <summary>Whether it is one that we write: once, for no longer than we do. What only has its name is its owner's.</summary>
    public static bool IsOurs(AutoscaleProfile profile) => Is(profile)
        && profile.When is ProfileTime.Fixed time && time.Zone.Equals(DateTimeZone.Utc) && (time.Ends - time.Begins).ToTimeSpan() <= Length;

    public static bool Is(AutoscaleProfile profile) => string.Equals(profile.Name, Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The setting without it, as its owner made it; as it is where nothing else is in it.</summary>
    public static AutoscaleSetting Without(AutoscaleSetting setting) =>
        setting.Profiles.Where(profile => !Is(profile)).ToList() is { Count: > 0 } others && others.Count < setting.Profiles.Count
            ? setting with { Profiles = others }
            : setting;
}
