namespace ScaleFunctions.Core.Cycle;

/// <summary>What became of the wish to take an action back.</summary>
public abstract record RollbackResult
{
    private RollbackResult()
    {
    }

    /// <summary>There is no such action on the target, as far as its journal was read.</summary>
    public sealed record NotFound(string Why) : RollbackResult;

    /// <summary>It is not done, and nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<string> Reasons) : RollbackResult;

    /// <summary>What would be done; nothing was changed.</summary>
    public sealed record Shown(RollbackPreview Preview) : RollbackResult;

    /// <summary>It left for Azure.</summary>
    /// <param name="Preview">What was asked for.</param>
    /// <param name="Epoch">The action that takes the other one back.</param>
    /// <param name="Trouble">What Azure answered, when it did not plainly take it; empty when it did.</param>
    public sealed record Sent(RollbackPreview Preview, long Epoch, string Trouble) : RollbackResult;
}
