namespace ScaleFunctions.Core.Actions;

/// <summary>How an action ended. There is one end, and it never changes.</summary>
public abstract record IntentEnd
{
    private IntentEnd()
    {
    }

    /// <summary>Azure has the goal.</summary>
    public sealed record Done : IntentEnd;

    /// <summary>It was written down but never sent: nothing was changed.</summary>
    public sealed record NotSent(string Why) : IntentEnd;

    /// <summary>Azure refused it: nothing was changed.</summary>
    public sealed record Rejected(FailureClass Class, string Code, string Message) : IntentEnd;

    /// <summary>The resource had changed since it was read (412): nothing was changed.</summary>
    public sealed record Stale : IntentEnd;

    /// <summary>It was sent, no answer came, and the resource shows that it never arrived.</summary>
    public sealed record NotLanded : IntentEnd;

    /// <summary>Instances were told to become as their resource says, and nothing tells whether it arrived; the roll-out looks at them itself.</summary>
    public sealed record Unanswered : IntentEnd;

    /// <summary>Azure took it and could not finish it.</summary>
    public sealed record Failed(FailureClass Class, string Code, string Message, int Capacity) : IntentEnd;

    /// <summary>Somebody else has changed the resource since; whether the write landed before may not be known.</summary>
    public sealed record Overtaken(int Capacity) : IntentEnd;

    /// <summary>Azure's operation did not end in time; a person has to look.</summary>
    public sealed record TimedOut(TimeSpan After) : IntentEnd;

    /// <summary>The resource does not exist any more.</summary>
    public sealed record Gone : IntentEnd;

    /// <summary>Whether Azure may have been changed by the action.</summary>
    public bool MayHaveChangedAzure => this is Done or Failed or Overtaken or TimedOut or Unanswered;
}
