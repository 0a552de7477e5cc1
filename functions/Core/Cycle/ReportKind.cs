namespace ScaleFunctions.Core.Cycle;

/// <summary>What a line of a tick's report tells.</summary>
public enum ReportKind
{
    /// <summary>Nothing to change.</summary>
    Hold,

    /// <summary>A change was wanted and not made.</summary>
    Held,

    ScaledOut,

    ScaledIn,

    /// <summary>A size was asked for, or brought to more instances.</summary>
    Resized,

    /// <summary>A size is with all instances and did them good, or was taken back.</summary>
    RolledOut,

    /// <summary>Off-hours began, ended, or were left out; what it took is told beside it.</summary>
    Rested,

    /// <summary>An action ended otherwise than done.</summary>
    ActionFailed,

    /// <summary>An action or a check ended well.</summary>
    Settled,

    /// <summary>A bug or a broken target; the others went on.</summary>
    Error,
}
