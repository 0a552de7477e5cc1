using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>The sets of policies that are in force, wait or are kept, and why the files may not be what is in force.</summary>
/// <param name="Sets">That which came into force last first.</param>
/// <param name="Choice">What a person chose; absent when nobody did.</param>
/// <param name="Trouble">Why the files cannot be used; absent when they can.</param>
/// <param name="Narrowing">What waits, and why; absent when nothing does.</param>
internal sealed record PolicySetList(IReadOnlyList<PolicySetView> Sets, ChosenPolicies? Choice, PolicyTrouble? Trouble, NarrowedPolicies? Narrowing);
