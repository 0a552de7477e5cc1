namespace ScaleFunctions.Core.SelfCosts;

/// <summary>A price of Azure for what this tool uses, in the currency of <see cref="SelfPrices"/>.</summary>
/// <param name="Amount">For <paramref name="Per"/> units.</param>
/// <param name="Per">Units the amount is for.</param>
/// <param name="Free">Units a month that cost nothing.</param>
/// <param name="AsOf">The day it is of.</param>
public sealed record SelfPrice(decimal Amount, decimal Per, decimal Free, DateOnly AsOf)
{
    /// <summary>What a month costs.</summary>
    /// <param name="units">Units used in it.</param>
    public decimal Of(decimal units) => Math.Max(0, units - Free) / Per * Amount;
}
