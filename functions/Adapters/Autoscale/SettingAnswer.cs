using System.Text.Json;
using NodaTime;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Autoscale;

/// <summary>What we use of an autoscale setting at one moment, once it has proven plausible.</summary>
internal sealed record SettingAnswer
{
    public required TargetId Id { get; init; }

    public required AutoscaleSetting Setting { get; init; }

    /// <summary>The profile that would hold without us; absent when none would.</summary>
    public required AutoscaleProfile? Own { get; init; }

    /// <summary>Our profile, when there is one and it holds.</summary>
    public AutoscaleProfile? Ours { get; init; }

    /// <summary>The last of ours that has ended, when none holds.</summary>
    public AutoscaleProfile? Lapsed { get; init; }

    /// <summary>When ours ends, or has ended.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>When its owner's next profile begins, if that is while a floor of now would last.</summary>
    public DateTimeOffset? NextChange { get; init; }

    /// <summary>Why no floor can be put under it; absent when one can.</summary>
    public string? Problem { get; init; }

    /// <summary>Fewest instances now.</summary>
    public int InForce => Ours?.Minimum ?? Own?.Minimum ?? 0;

    /// <summary>The setting, or null and what is wrong with it.</summary>
    public static SettingAnswer? Read(JsonElement root, DateTimeOffset now, out string problem)
    {
        problem = "it has no readable id";
        if (!TargetId.TryParse(AutoscaleText.Of(root, "id"), out var id))
        {
            return null;
        }

        if (AutoscaleSettingReader.Read(root, out var problems) is not { } setting)
        {
            problem = AzureFaults.OneLine(string.Join("; ", problems));
            return null;
        }

        var others = setting.Profiles.Where(profile => !TemporaryFloor.Is(profile)).ToList();
        var named = setting.Profiles.Where(TemporaryFloor.Is).ToList();
        var ours = named.Where(TemporaryFloor.IsOurs).Select(profile => (Profile: profile, Time: (ProfileTime.Fixed)profile.When)).ToList();
        var held = ours.Find(each => each.Time.Contains(Instant.FromDateTimeOffset(now)));
        var last = held.Profile is null ? ours.OrderByDescending(each => each.Time.Ends).FirstOrDefault() : held;
        var own = ProfileChoice.At(others, now);
        return new SettingAnswer
        {
            Id = id,
            Setting = setting,
            Own = own,
            Ours = held.Profile,
            Lapsed = held.Profile is null && last.Time?.Ends <= Instant.FromDateTimeOffset(now) ? last.Profile : null,
            Until = last.Time?.Ends.ToDateTimeOffset() ?? default,
            NextChange = ProfileChoice.NextChange(others, now, now + TemporaryFloor.Length),
            Problem = own is null ? "no profile of it holds now, so there is none to copy"
                : named.Count > ours.Count ? $"it has {Profiles(named.Count - ours.Count)} '{TemporaryFloor.Name}' that we did not write, because ours is for at most {TemporaryFloor.Length.TotalMinutes:0} minutes once, in UTC; rename or delete {(named.Count - ours.Count == 1 ? "it" : "them")} in the setting, and it is steered again"
                : others.Count >= AutoscaleSetting.MostProfiles ? $"it has {others.Count} profiles, and Azure takes no more; a floor is one"
                : null,
        };
    }

    private static string Profiles(int count) => count == 1 ? "a profile" : $"{count} profiles";

    /// <summary>What it means for whoever plans.</summary>
    public NativeAutoscale ToNative() => Problem is { } problem ? new NativeAutoscale.Unsteerable(Id, problem)
        : new NativeAutoscale.Steerable(Id, Own!.Minimum, Own.Maximum)
        {
            Floor = Ours is null ? null : new SteeredFloor(Ours.Minimum, Until, FloorProfile.IsCopyOf(Ours, Own)),
            Lapsed = Lapsed is null ? null : new SteeredFloor(Lapsed.Minimum, Until, IsCurrent: false),
            NextChange = NextChange,
        };
}
