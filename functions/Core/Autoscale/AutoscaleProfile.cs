namespace ScaleFunctions.Core.Autoscale;

/// <summary>Bounds and rules that hold at some times.</summary>
public sealed record AutoscaleProfile
{
    public required string Name { get; init; }

    /// <summary>Fewest instances, whatever the rules say.</summary>
    public required int Minimum { get; init; }

    /// <summary>Most instances, whatever the rules say.</summary>
    public required int Maximum { get; init; }

    /// <summary>Raised to while metrics cannot be read and there are fewer.</summary>
    public required int Default { get; init; }

    public required ProfileTime When { get; init; }

    public required IReadOnlyList<AutoscaleRule> Rules { get; init; }

    public bool Equals(AutoscaleProfile? other) => other is not null
        && (Name, Minimum, Maximum, Default, When) == (other.Name, other.Minimum, other.Maximum, other.Default, other.When)
        && Rules.SequenceEqual(other.Rules);

    public override int GetHashCode() => HashCode.Combine(Name, Minimum, Maximum, Default, When, Rules.Count);

    /// <summary>Whether it scales as another does, floor, name and time aside.</summary>
    public bool ScalesLike(AutoscaleProfile other) => Maximum == other.Maximum && Rules.SequenceEqual(other.Rules);
}
