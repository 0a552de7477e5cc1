using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Limits;

/// <summary>A management lock. It holds for its scope and all below it, whoever asks.</summary>
/// <param name="Name">For people.</param>
/// <param name="Scope">Id of the subscription, group or resource it is on.</param>
/// <param name="Level">What it keeps from.</param>
public sealed record ResourceLock(string Name, string Scope, LockLevel Level)
{
    /// <summary>What it is on, for people: <c>the resource group shop</c>.</summary>
    public string Place => Scope.Trim('/').Split('/') switch
    {
        [_, _] => "the subscription",
        [_, _, _, var group] => $"the resource group {group}",
        [.., var name] => name,
        _ => Scope,
    };

    /// <summary>Whether it keeps everybody from changing the resource.</summary>
    public bool HoldsWritesOf(TargetId target) => Level == LockLevel.ReadOnly
        && (string.Equals(Scope.TrimEnd('/'), target.Value, StringComparison.OrdinalIgnoreCase)
            || target.Value.StartsWith($"{Scope.TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase));
}
