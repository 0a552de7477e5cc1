using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What became of an answer to a request for an approval.</summary>
public abstract record ApprovalResult
{
    private ApprovalResult()
    {
    }

    public sealed record NotFound : ApprovalResult;

    /// <summary>It may not be answered so; nothing was changed.</summary>
    public sealed record Refused(string Why) : ApprovalResult;

    public sealed record Answered(ApprovalRow Row) : ApprovalResult;
}
