using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Checks;

/// <summary>
/// Decides the next step of a look at a size in the busiest hour. What lasts longer than a pause takes the size back, once; what cannot
/// be told is looked at the next day, and neither taken back nor trusted.
/// </summary>
public static class PeakLooks
{
    /// <summary>A guard that nobody could read for a week is not going to tell.</summary>
    public const int MostDays = 7;

    public static PeakStep Next(PeakLook look, GuardStanding guard, SizeReading reading, DateTimeOffset now)
    {
        var size = look.Of.To;
        if (reading is SizeReading.Read read && !string.Equals(read.Size, size, StringComparison.OrdinalIgnoreCase))
        {
            return new PeakStep.End(new PeakEnd.Overtaken(read.Size));
        }

        switch (guard)
        {
            case GuardStanding.Breached { IsLasting: true } breach:
                return look.UndoSince is { } since && now - since >= RollOuts.Patience
                    ? new PeakStep.End(new PeakEnd.Stuck(size, $"it could not be taken back: {GuardText.AtPeak(breach)}"))
                    : look.UndoTriedAt is { } tried && tried <= now && now - tried < look.Of.Terms.Pause
                    ? new PeakStep.Wait(look)
                    : new PeakStep.Undo(look with { UndoTriedAt = now, UndoSince = look.UndoSince is { } begun && begun <= now ? begun : now, Doubt = "" }, GuardText.AtPeak(breach));
            case GuardStanding.Within when now >= look.To + GuardCourse.Delay:
                return new PeakStep.End(new PeakEnd.Well(size));
            case GuardStanding.Within:
                return new PeakStep.Wait(look with { Doubt = "" });
        }

        var doubt = GuardText.Of(guard);
        return now < look.To + GuardCourse.Delay ? new PeakStep.Wait(look with { Doubt = doubt })
            : look.Unseen + 1 >= MostDays ? new PeakStep.End(new PeakEnd.Untold(size, MostDays, doubt))
            : new PeakStep.Wait(look with { From = look.From + PeakHour.Day, To = look.To + PeakHour.Day, Unseen = look.Unseen + 1, Doubt = doubt });
    }
}
