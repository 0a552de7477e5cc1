namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>How much of a size was used over a span, in percent of what an instance has.</summary>
public abstract record SizeUse
{
    private SizeUse()
    {
    }

    /// <param name="Mean">Over the span.</param>
    /// <param name="Usual">What 95 of 100 samples do not exceed.</param>
    /// <param name="Highest">The highest sample.</param>
    public sealed record Known(double Mean, double Usual, double Highest) : SizeUse;

    /// <summary>Too little of the span is known to say anything.</summary>
    public sealed record Unknown(string Why) : SizeUse;
}
