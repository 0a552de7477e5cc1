namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// Whether a saving is worth the disturbance: the share of a resource's cost that is saved over the share that is put at stake. The
/// rule and its threshold are Karpenter's (kubernetes-sigs/karpenter, designs/balanced-consolidation.md: approve from 1/k on, k = 2);
/// the disturbance is counted in money: instances that restart are paid and do not serve, and some changes go wrong. The score does
/// not depend on the currency or on how large the resource is.
/// </summary>
/// <example>
/// <code>
/// 10 instances, 0.23 → 0.115 an hour, boot 5 min, a week of history
/// cost      10 × 0.23 × 730                    = 1,679.00 a month
/// saving    10 × 0.115 × 730                   =   839.50 a month
/// restarts  10 × 5/60 × (0.23 + 0.115)         =     0.29
/// error     0.05 × (1 + 1/7) × 1,679.00        =    95.94
/// score     (839.50 / 1,679) / (96.23 / 1,679) =     8.72   worth it
/// </code>
/// </example>
/// <param name="SavingPerMonth">What is saved.</param>
/// <param name="CostPerMonth">What the resource costs now, whether or not some of it was paid in advance: that much is at stake. Above 0.</param>
/// <param name="RestartCost">Of instances that are paid while they restart.</param>
/// <param name="ErrorCost">What a change that goes wrong puts at stake, times how likely that is.</param>
public sealed record DisruptionScore(decimal SavingPerMonth, decimal CostPerMonth, decimal RestartCost, decimal ErrorCost)
{
    public const double Least = 0.5;

    public double Value => (double)(SavingPerMonth / CostPerMonth) / Math.Max(1e-9, (double)((RestartCost + ErrorCost) / CostPerMonth));

    public bool IsWorthIt => Value >= Least;

    /// <param name="now">What there is.</param>
    /// <param name="then">What there would be. Where only the count falls nobody restarts, and what goes is all that is touched.</param>
    /// <param name="costPerMonth">What it costs now.</param>
    /// <param name="savingPerMonth">What is saved of what is paid.</param>
    /// <param name="confidence">Of the history, in days: the shorter, the likelier an error.</param>
    /// <param name="terms">How long a restart takes, and how often one goes wrong.</param>
    public static DisruptionScore Of(FleetNow now, FleetOption.Possible then, decimal costPerMonth, decimal savingPerMonth, double confidence, PlanningTerms terms)
    {
        var isSameSize = then.Size.Name == now.Size.Name;
        var hours = (decimal)terms.BootTime.TotalHours;
        var restarts = isSameSize ? 0 : hours * ((now.Instances * now.Price.PerHour.Amount) + (then.Instances * then.Price.PerHour.Amount));
        var touched = isSameSize ? Math.Abs(now.Instances - then.Instances) / (double)now.Instances : 1;
        var risk = Math.Min(1, terms.ErrorRisk * HistoryConfidence.Upper(confidence)) * Math.Min(1, touched);
        return new DisruptionScore(savingPerMonth, costPerMonth, restarts, (decimal)risk * costPerMonth);
    }
}
