namespace ScaleFunctions.Core.Actions;

/// <summary>How far an action has got. Every phase but the end blocks the target for other actions.</summary>
public enum IntentPhase
{
    /// <summary>Written down; nothing was sent.</summary>
    Opened,

    /// <summary>Marked as about to be sent: from here on the write may have landed.</summary>
    Sent,

    /// <summary>Azure took the write.</summary>
    Accepted,

    /// <summary>No answer proves what happened; the resource will tell.</summary>
    Unknown,
}
