using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A request for an approval, and how it stands.</summary>
internal sealed record ApprovalView
{
    public required string Id { get; init; }

    public required ApprovalKind Kind { get; init; }

    public required ApprovalStatus Status { get; init; }

    public required string What { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When silence means no, or yes where it counts by silence.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it comes about when nobody answers.</summary>
    public required bool CountsBySilence { get; init; }

    /// <summary>Absent before anybody answered.</summary>
    public required ApprovalAnswer? Answer { get; init; }

    /// <summary>Until when what was approved may be done; absent where that does not matter.</summary>
    public required DateTimeOffset? UsableUntil { get; init; }

    /// <summary>Why it is void; empty when it is not.</summary>
    public required string Void { get; init; }

    /// <summary>The lowerings it is about; only where one request is asked for.</summary>
    public IReadOnlyList<ApprovedLowering>? Lowerings { get; init; }

    public static ApprovalView Of(ApprovalRow row, DateTimeOffset now) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Status = row.StatusAt(now),
        What = row.What,
        RequestedBy = row.RequestedBy,
        CreatedAt = row.CreatedAt,
        ExpiresAt = row.ExpiresAt,
        CountsBySilence = row.CountsBySilence,
        Answer = row.Answer,
        UsableUntil = row.Kind == ApprovalKind.Lowerings ? row.UsableUntil : null,
        Void = row.Void,
    };
}
