using ScaleFunctions.Core.Decisions.Rightsizing;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>Takes from a finding what it says of sizes on a ladder.</summary>
public static class SizeWishes
{
    public static SizeWish Of(RightsizingFinding finding)
    {
        var (at, size) = (finding.At, finding.Target.Sku);
        return finding.Verdict switch
        {
            RightsizingVerdict.Recommended { Plan: { AreCommitmentsKnown: false } } => new SizeWish(at, size, SizeWishVerdict.Unknown, "what is paid in advance could not be read"),
            RightsizingVerdict.Recommended { Plan: var plan } => new SizeWish(at, size, SizeWishVerdict.Change, Saving(plan))
            {
                Size = plan.Then.Size.Name,
                Instances = plan.Then.Instances,
            },
            RightsizingVerdict.Kept kept => new SizeWish(at, size, SizeWishVerdict.Keep, kept.Why)
            {
                Refused = kept.Refused.ToDictionary(refused => refused.Size, refused => refused.Why),
            },
            RightsizingVerdict.Suppressed suppressed => new SizeWish(at, size, SizeWishVerdict.Keep, $"suppressed: {suppressed.By.Reason}"),
            RightsizingVerdict.NotJudged not => new SizeWish(at, size, SizeWishVerdict.Unknown, not.Why),
            _ => throw new InvalidOperationException("no such verdict"),
        };
    }

    private static string Saving(FleetPlan plan) => plan.IsRaise
        ? FormattableString.Invariant($"there is too little, and {plan.Then.Instances} of it carry the load for least")
        : FormattableString.Invariant($"{plan.Then.Instances} of it carry the load and save {plan.SavingLow.Amount:0.00} to {plan.SavingHigh.Amount:0.00} {plan.SavingHigh.Currency} a month (score {plan.Score.Value:0.0})");
}
