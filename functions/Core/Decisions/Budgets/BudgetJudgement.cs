using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>How spend compares with what may be spent. What cannot be compared is a case of its own, and changes nothing.</summary>
public abstract record BudgetJudgement
{
    /// <summary>
    /// A bill is up to 24 hours late, and Azure evaluates budgets once in 24: only then does its figure, which carries no date, surely
    /// tell of the period that runs, and not of the one before.
    /// </summary>
    private static readonly TimeSpan AzureIsLate = TimeSpan.FromHours(48);

    private BudgetJudgement()
    {
    }

    /// <param name="Amount">What may be spent; above zero.</param>
    /// <param name="Spent">So far in the period.</param>
    /// <param name="Expected">Of the whole period, as likely to be passed as not.</param>
    /// <param name="Pessimistic">Of the whole period, passed once in ten times.</param>
    /// <param name="Coverage">Part of the spend, from 0 to 1, that is counted as it happens.</param>
    public sealed record Judged(decimal Amount, decimal Spent, decimal Expected, decimal Pessimistic, double Coverage) : BudgetJudgement
    {
        /// <summary>Below it too much is guessed: people are told, and nothing is changed.</summary>
        public const double LeastCoverage = 0.6;

        public double ActualPercent => PercentOf(Spent);

        public double ForecastPercent => PercentOf(Expected);

        public decimal Overspend => Math.Max(0, Expected - Amount);

        public bool IsCovered => Coverage >= LeastCoverage;

        /// <summary>Which of the two limits is reached, and how far; nothing when none is.</summary>
        public (BudgetBasis Basis, double Percent, double Limit)? Reaches(BudgetTrigger trigger) =>
            ActualPercent >= trigger.Actual ? (BudgetBasis.Actual, ActualPercent, trigger.Actual.Value)
            : ForecastPercent >= trigger.Forecast ? (BudgetBasis.Forecast, ForecastPercent, trigger.Forecast.Value)
            : null;

        private double PercentOf(decimal part) => (double)(100 * part / Amount);
    }

    /// <param name="Why">For people: what is not known or does not fit, and what mends it.</param>
    public sealed record NotJudged(string Why) : BudgetJudgement;

    /// <param name="policy">Whose money.</param>
    /// <param name="spend">What our own clock and the bills say.</param>
    /// <param name="budget">The budget of Azure, read by us; absent where the policy says the amount.</param>
    /// <param name="now">When both were read.</param>
    public static BudgetJudgement Of(BudgetAlertsPolicy policy, SpendReading spend, BudgetReading? budget, DateTimeOffset now) => (policy.Amount, budget) switch
    {
        ({ } amount, _) => Judge(policy, amount, spend, spentByAzure: null),
        (null, BudgetReading.Known known) when known.Currency.Length > 0 && known.Currency != policy.Currency =>
            new NotJudged($"the budget of Azure is in {known.Currency}, the policy in {policy.Currency}; no rate is known between them, so write the policy in {known.Currency}"),
        (null, BudgetReading.Known known) when BudgetFilters.WhyNot(policy, known) is { } why => new NotJudged(why),
        (null, BudgetReading.Known known) => Judge(policy, known.Amount, spend, SpentByAzure(known, now)),
        (null, BudgetReading.Gone) => new NotJudged($"there is no budget {policy.Budget}; create it, or name another one"),
        (null, BudgetReading.Missing missing) => new NotJudged($"the budget cannot be read: {missing.Why}"),
        _ => new NotJudged("the budget was not read"),
    };

    /// <summary>What Azure says is spent of its budget in the period that runs; nothing where it does not tell, or may mean the period before.</summary>
    public static decimal? SpentByAzure(BudgetReading? budget, DateTimeOffset now) =>
        budget is BudgetReading.Known known && IsOfThisPeriod(known.Period, now) ? known.Spent : null;

    private static bool IsOfThisPeriod(SpendPeriod period, DateTimeOffset now) => !period.IsOver(now) && now - SpendDay.StartOf(period.Start) >= AzureIsLate;

    private static BudgetJudgement Judge(BudgetAlertsPolicy policy, decimal amount, SpendReading spend, decimal? spentByAzure)
    {
        if (amount <= 0)
        {
            return new NotJudged($"the amount is {amount}; it has to be above zero");
        }

        switch (spend)
        {
            case SpendReading.Known known when known.Currency != policy.Currency:
                return new NotJudged($"the spend is in {known.Currency}, the policy in {policy.Currency}; no rate is known between them, so write the policy in {known.Currency}");
            case SpendReading.Known known:
                // What Azure has counted is spent, whatever we have counted: the more of both. What is spent is expected too.
                var spent = Math.Max(known.SoFar, spentByAzure ?? known.SoFar);
                return new Judged(amount, spent, Math.Max(known.EndP50, spent), Math.Max(known.EndP90, spent), known.Coverage);
            case SpendReading.Missing when spentByAzure is { } told:
                // It is known from Azure alone: enough to tell people, and nothing of ours covers it.
                return new Judged(amount, told, told, told, Coverage: 0);
            case SpendReading.Missing missing:
                return new NotJudged($"the spend is not known: {missing.Why}");
            default:
                throw new ArgumentOutOfRangeException(nameof(spend));
        }
    }
}
