namespace ScaleFunctions.Core.Actions;

/// <summary>What is known after a write was sent, once, without a retry.</summary>
public abstract record WriteResult
{
    private WriteResult()
    {
    }

    /// <summary>Azure took the write. The operation, when there is one, says how it ends.</summary>
    public sealed record Accepted(Uri? Operation) : WriteResult;

    /// <summary>Azure refused: nothing was changed.</summary>
    public sealed record Rejected(FailureClass Class, string Code, string Message) : WriteResult;

    /// <summary>The resource is no longer what was read (412): nothing was changed.</summary>
    public sealed record Stale : WriteResult;

    /// <summary>No answer, or one that proves nothing: the write may or may not have landed.</summary>
    public sealed record Unknown(string Reason) : WriteResult;
}
