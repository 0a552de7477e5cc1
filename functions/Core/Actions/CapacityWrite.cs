using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Actions;

/// <summary>An absolute write: repeating it changes nothing.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Goal">Instances the resource shall have.</param>
/// <param name="IfMatch">The version in the read the goal was computed from; a resource of another version is not written.</param>
public sealed record CapacityWrite(TargetId Target, int Goal, string IfMatch)
{
    /// <summary>Instances in that read: a goal below them lowers. Absent where that does not matter.</summary>
    public int? From { get; init; }

    /// <summary>
    /// The size that instances shall have from now on, written together with the count; absent where it stays. Kinds without
    /// sizes refuse one.
    /// </summary>
    public string? Size { get; init; }
}
