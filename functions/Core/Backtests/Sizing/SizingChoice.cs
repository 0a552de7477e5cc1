using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Backtests.Sizing;

/// <summary>What a rule recommends.</summary>
public sealed record SizingChoice(SizeOffer Size, int Instances)
{
    public decimal PerMonth => SizedEstate.Prices[Size.Name].PerHour.Amount * Instances * Decisions.Rightsizing.PlanningTerms.HoursPerMonth;
}
