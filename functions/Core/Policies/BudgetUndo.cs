namespace ScaleFunctions.Core.Policies;

/// <summary>When the steps of a ladder are undone, and how fast. They are undone at the end of the period in any case.</summary>
/// <param name="Below">The forecast has to be below this, in percent of the amount.</param>
/// <param name="For">For so long.</param>
/// <param name="FirstShare">Share of the resources that go first, from 0 to 1.</param>
/// <param name="RestAfter">How much later the others go.</param>
public sealed record BudgetUndo(double Below, TimeSpan For, double FirstShare, TimeSpan RestAfter)
{
    public static BudgetUndo Usual { get; } = new(95, TimeSpan.FromHours(6), 0.25, TimeSpan.FromMinutes(30));
}
