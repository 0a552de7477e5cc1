namespace ScaleFunctions.Core.Policies;

/// <summary>One value in force for a target, and where it comes from.</summary>
/// <param name="Kind">Kind of the policy.</param>
/// <param name="Policy">Name of the policy.</param>
/// <param name="Path">The field, as a policy file would have it.</param>
/// <param name="Value">The value, written as in a policy file.</param>
/// <param name="Origin">Where it was written; null for a default of the program.</param>
/// <param name="Note">What a policy said otherwise, and who narrowed it; else empty.</param>
public sealed record EffectiveValue(string Kind, string Policy, string Path, string Value, PolicySource? Origin, string Note)
{
    /// <summary>The origin as people read it.</summary>
    public string OriginText => Origin?.ToString() ?? "default";
}
