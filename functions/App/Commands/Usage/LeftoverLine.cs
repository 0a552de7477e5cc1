using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Commands.Usage;

/// <summary>Something that stands about, as it is printed.</summary>
/// <param name="Name">Of the resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="What">What was seen.</param>
/// <param name="PerMonth">For 730 hours at retail or declared prices; absent where a price is missing.</param>
/// <param name="IsAtMost">Whether less may be billed.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="PricesAsOf">Day of the oldest price.</param>
/// <param name="WhyNotPriced">Empty when it is priced.</param>
/// <param name="Policy">Name of the policy that looks at it; empty when none does.</param>
/// <param name="FirstSeen">When it was marked; absent before that.</param>
/// <param name="ToldAt">When it was told; absent before that.</param>
/// <param name="Command">What ends its costs. Nobody here runs it.</param>
internal sealed record LeftoverLine(
    string Name, string Id, LeftoverKind Kind, string What, decimal? PerMonth, bool IsAtMost, string Currency, DateOnly? PricesAsOf, string WhyNotPriced, string Policy,
    DateTimeOffset? FirstSeen, DateTimeOffset? ToldAt, string Command)
{
    public static LeftoverLine Of(PricedLeftover found, LeftoverRecord? mark) => new(
        found.Leftover.Id.Name, found.Leftover.Id.Value, found.Leftover.Kind, found.Leftover.What, found.PerMonth, found.Leftover.IsAtMost, found.Currency, found.AsOf, found.WhyNotPriced,
        found.Policy.Name, mark?.FirstSeen, mark?.ToldAt, found.Leftover.Command);
}
