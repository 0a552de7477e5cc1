namespace ScaleFunctions.Core.Policies;

/// <summary>Which of two rate limits holds when both are given.</summary>
public enum RateChoice
{
    Larger,
    Smaller,
}
