using ScaleFunctions.Core.Assessments;

namespace ScaleFunctions.App.Commands.Assessments;

/// <summary>A virtual machine that costs more than it does.</summary>
/// <param name="Finding">What is to be said of it.</param>
/// <param name="Line">The machine, with what all of it costs a month, as it runs.</param>
/// <param name="BusiestPercent">What its processors did in the busiest quarters but a few; absent without metrics.</param>
/// <param name="RanPercent">Percent of the span that it ran.</param>
internal sealed record AssessMachine(MachineFinding Finding, AssessLine Line, double? BusiestPercent, double RanPercent)
{
    public static AssessMachine Of(MachineLine line) => new(
        line.Finding,
        AssessLine.Of(line.Target) with { MeanPercent = Rounded(line.MeanPercent), PerMonth = line.PerMonth, Why = line.WhyNotPriced },
        Rounded(line.BusiestPercent), Math.Round(100 * line.Ran));

    /// <summary>For people.</summary>
    public string What => Finding switch
    {
        MachineFinding.StoppedAndBilled => "stopped from within, and billed: deallocate it",
        MachineFinding.Idle => "next to nothing runs on it: does anybody need it?",
        _ => "half of its processors would have done",
    };

    /// <summary>For programs and spreadsheets.</summary>
    public string Word => Finding switch
    {
        MachineFinding.StoppedAndBilled => "stopped machine",
        MachineFinding.Idle => "idle machine",
        _ => "half-empty machine",
    };

    private static double? Rounded(double? percent) => percent is { } value ? Math.Round(value, 1) : null;
}
