namespace ScaleFunctions.Core.Policies;

/// <summary>What a policy says, and what guardrails make of it.</summary>
/// <param name="Kind">Kind of the policy that was narrowed.</param>
/// <param name="Policy">Its name.</param>
/// <param name="Path">The field.</param>
/// <param name="Said">What the policy says.</param>
/// <param name="Bound">What holds instead.</param>
/// <param name="At">Where the policy says it; the policy itself where it says nothing.</param>
/// <param name="By">Where the guardrail stands.</param>
public sealed record PolicyNarrowing(string Kind, string Policy, string Path, string Said, string Bound, PolicySource At, PolicySource By)
{
    public override string ToString() => $"{At}: '{Path}' is {Said}, narrowed to {Bound} by the guardrails at {By}";
}
