namespace ScaleFunctions.Core.Plans;

/// <summary>That a budget lets nothing be added to a target.</summary>
/// <param name="Budget">Name of the policy.</param>
/// <param name="Step">Name of its step.</param>
/// <param name="Minimum">Instances it never keeps a target from: those of the policy without floors of the clock, of a person, and those that a budget took and gives back.</param>
/// <param name="IsCritical">Whether the workload is left what its forecast needs.</param>
/// <param name="Need">What that is; absent when there is no forecast that may act, and then a critical workload is left alone.</param>
public sealed record BudgetFreeze(string Budget, string Step, int Minimum, bool IsCritical, int? Need);
