namespace ScaleFunctions.Core.Backtests.Sizing;

/// <summary>How a rule did on an estate whose next week is known.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Recommendations">How many fleets it would change.</param>
/// <param name="Claimed">What it says that saves a month.</param>
/// <param name="Found">What it saves in truth: by recommendations that are safe, and nothing of what is paid in advance.</param>
/// <param name="Possible">What somebody who knows the week to come could save without a risk.</param>
/// <param name="ShortOfCores">Recommendations with too few cores for more than ten minutes of that week.</param>
/// <param name="ShortOfMemory">Those with too little memory at some time of it.</param>
/// <param name="LosesReserve">Those after which the loss of an instance is too much, and was not before.</param>
/// <param name="PaidAnyway">Those of what is paid in advance.</param>
public sealed record SizingScore(
    string Rule, int Recommendations, decimal Claimed, decimal Found, decimal Possible, int ShortOfCores, int ShortOfMemory, int LosesReserve, int PaidAnyway)
{
    /// <summary>Recommendations one should not have followed.</summary>
    public required int Unsafe { get; init; }

    public double FoundShare => Possible == 0 ? 0 : (double)(Found / Possible);

    public static SizingScore Of(SizingRule rule, IReadOnlyList<SizedFleet> estate, decimal possible)
    {
        var made = estate.Select(fleet => (Fleet: fleet, Choice: rule.Choose(fleet))).Where(each => each.Choice is not null)
            .Select(each => new Made(each.Fleet, each.Choice!)).ToList();
        return new SizingScore(
            rule.Name, made.Count, made.Sum(each => SizingTruth.Cost(each.Fleet) - each.Choice.PerMonth),
            made.Where(each => !each.IsUnsafe).Sum(each => SizingTruth.Saving(each.Fleet, each.Choice)), possible,
            made.Count(each => each.IsShortOfCores), made.Count(each => each.IsShortOfMemory), made.Count(each => each.LosesReserve), made.Count(each => each.Fleet.IsCommitted))
        {
            Unsafe = made.Count(each => each.IsUnsafe),
        };
    }

    private sealed record Made(SizedFleet Fleet, SizingChoice Choice)
    {
        public bool IsShortOfCores { get; } = !SizingTruth.HasCores(Fleet, Choice);

        public bool IsShortOfMemory { get; } = !SizingTruth.HasMemory(Fleet, Choice);

        public bool LosesReserve { get; } = SizingTruth.SurvivesLoss(Fleet, new SizingChoice(Fleet.Now.Size, Fleet.Now.Instances)) && !SizingTruth.SurvivesLoss(Fleet, Choice);

        public bool IsUnsafe => IsShortOfCores || IsShortOfMemory || LosesReserve;
    }
}
