using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>What a step of a budget makes of a resource now.</summary>
/// <param name="Budget">Name of the policy.</param>
/// <param name="Step">Name of the step.</param>
public abstract record BudgetMeasure(string Budget, string Step)
{
    /// <summary>Fewer instances at most.</summary>
    /// <param name="Budget">Name of the policy.</param>
    /// <param name="Step">Name of the step.</param>
    /// <param name="Rule">What it makes of a maximum.</param>
    public sealed record LowerMaximum(string Budget, string Step, BudgetStep Rule) : BudgetMeasure(Budget, Step);

    /// <summary>No instances.</summary>
    /// <param name="Budget">Name of the policy.</param>
    /// <param name="Step">Name of the step.</param>
    public sealed record StandDown(string Budget, string Step) : BudgetMeasure(Budget, Step);

    /// <summary>Instances of a cheaper size.</summary>
    /// <param name="Budget">Name of the policy.</param>
    /// <param name="Step">Name of the step.</param>
    /// <param name="Size">Which; empty: the next cheaper one of its ladder.</param>
    /// <param name="Currency">In which sizes are compared: ISO 4217 code.</param>
    public sealed record CheaperSize(string Budget, string Step, string Size, string Currency) : BudgetMeasure(Budget, Step);

    /// <summary>No more instances.</summary>
    /// <param name="Budget">Name of the policy.</param>
    /// <param name="Step">Name of the step.</param>
    public sealed record Freeze(string Budget, string Step) : BudgetMeasure(Budget, Step);
}
