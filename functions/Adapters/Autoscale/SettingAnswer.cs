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

    /// <summary>When ours ends.</summary>
    public DateTimeOffset Until { get; init; }

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
        var named = setting.Profiles.FirstOrDefault(TemporaryFloor.Is);
        var time = named?.When as ProfileTime.Fixed;
        var holds = time?.Contains(Instant.FromDateTimeOffset(now)) is true;
        var own = ProfileChoice.At(others, now);
        return new SettingAnswer
        {
            Id = id,
            Setting = setting,
            Own = own,
            Ours = holds ? named : null,
            Until = holds ? time!.Ends.ToDateTimeOffset() : default,
            Problem = own is null ? "no profile of it holds now, so there is none to copy"
                : named is not null && time is null ? $"it has a profile '{TemporaryFloor.Name}' that is not ours"
                : others.Count >= AutoscaleSetting.MostProfiles ? $"it has {others.Count} profiles, and Azure takes no more; a floor is one"
                : null,
        };
    }

    /// <summary>What it means for whoever plans.</summary>
    public NativeAutoscale ToNative() => Problem is { } problem ? new NativeAutoscale.Unsteerable(Id, problem)
        : new NativeAutoscale.Steerable(Id, Own!.Minimum, Own.Maximum)
        {
            Floor = Ours is null ? null : new SteeredFloor(Ours.Minimum, Until, FloorProfile.IsCopyOf(Ours, Own)),
        };
}
