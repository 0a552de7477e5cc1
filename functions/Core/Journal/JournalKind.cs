namespace ScaleFunctions.Core.Journal;

/// <summary>What a journal entry tells.</summary>
public enum JournalKind
{
    /// <summary>An action was written down, with the decision behind it.</summary>
    IntentOpened,

    /// <summary>The action is about to be sent.</summary>
    IntentSent,

    /// <summary>Azure took the write.</summary>
    IntentAccepted,

    /// <summary>Nothing proves yet whether the write landed.</summary>
    IntentUnknown,

    /// <summary>The action ended; the facts say how.</summary>
    IntentEnded,

    /// <summary>A check after an action was answered.</summary>
    CheckEnded,

    /// <summary>A new size was brought to all instances, or taken back.</summary>
    RollOutEnded,

    /// <summary>A target was put off for off-hours, came back, or did not.</summary>
    OffHours,

    /// <summary>A person keeps a target on in off-hours for a while, or no longer.</summary>
    Snooze,

    /// <summary>Azure refuses writes until somebody mends something, or takes them again.</summary>
    Refusal,

    /// <summary>A target is left alone until a person ends it, after too many failed actions.</summary>
    Quarantine,

    /// <summary>Somebody else's operation keeps a change waiting for long, or has ended.</summary>
    ForeignOperation,

    /// <summary>The ends of all chains were written down, so that one that is cut or missing is found.</summary>
    Anchor,

    /// <summary>Spans of unchanged decisions that no longer fit the target's row.</summary>
    Spans,

    /// <summary>The capacity changed and it was not us.</summary>
    Drift,

    /// <summary>A person paused or resumed a target.</summary>
    Pause,

    /// <summary>A person gave a target other bounds for a while, or took them back.</summary>
    Override,

    /// <summary>A person set or cleared the kill switch.</summary>
    KillSwitch,

    /// <summary>A person approved something that needs approval.</summary>
    Approval,

    /// <summary>A policy set was loaded, with what was wrong in it.</summary>
    Policies,

    /// <summary>The state was restored from a backup.</summary>
    Restore,

    /// <summary>Messages failed again and again and were put aside.</summary>
    Poison,

    /// <summary>A forecast may act from now on, may not any more, or comes from another model.</summary>
    Forecast,

    /// <summary>More is spent an hour than usual, or no longer.</summary>
    Spend,

    /// <summary>Spend passed a threshold of a budget, or a step of its ladder moved.</summary>
    Budget,

    /// <summary>Many resources vanished from the inventory, or came back, or their loss was accepted.</summary>
    Inventory,
}
