using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Targets;

/// <summary>Azure's own autoscale of a resource, where a setting for it is switched on.</summary>
[JsonDerivedType(typeof(Steerable), "steerable")]
[JsonDerivedType(typeof(Unsteerable), "unsteerable")]
[JsonDerivedType(typeof(Unread), "unread")]
public abstract record NativeAutoscale
{
    private NativeAutoscale()
    {
    }

    /// <summary>A floor can be put under what it does.</summary>
    /// <param name="Setting">Id of the setting.</param>
    /// <param name="Minimum">Fewest instances by the profile that would hold now without us.</param>
    /// <param name="Maximum">Most instances by it.</param>
    public sealed record Steerable(TargetId Setting, int Minimum, int Maximum) : NativeAutoscale
    {
        /// <summary>Ours, while it lasts; absent when there is none.</summary>
        public SteeredFloor? Floor { get; init; }

        /// <summary>Ours that has just ended and that no other has replaced; absent when there is none.</summary>
        public SteeredFloor? Lapsed { get; init; }

        /// <summary>When its owner's next profile begins, if that is before a floor of now would end: there a floor ends.</summary>
        public DateTimeOffset? NextChange { get; init; }

        /// <summary>Fewest instances now.</summary>
        public int InForce(DateTimeOffset now) => Floor is { } floor && now < floor.Until ? floor.Minimum : Minimum;
    }

    /// <summary>It acts, and no floor can be put under it.</summary>
    public sealed record Unsteerable(TargetId Setting, string Reason) : NativeAutoscale;

    /// <summary>Whether there is a setting could not be read: that is not "none".</summary>
    public sealed record Unread(string Reason) : NativeAutoscale;
}
