using System.Security.Cryptography;
using System.Text;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How requests for approvals come into the fleet's row, are answered and become void.</summary>
public static class ApprovalTransitions
{
    /// <summary>Requests kept: those that wait, and the last that do not any more. The row is read before every write.</summary>
    public const int Kept = 20;

    /// <summary>Asks a person.</summary>
    public static FleetRow Ask(this FleetRow row, ApprovalRow request)
    {
        // Whoever asks for windows again and again may push out earlier ones, and never what the tool asks for: silence may count as yes.
        bool Waits(ApprovalRow each) => each.IsPending(request.CreatedAt) || each.IsUsable(request.CreatedAt);
        var newest = row.Approvals.Append(request).OrderByDescending(each => each.CreatedAt).ToList();
        List<ApprovalRow> waiting = [.. newest.Where(each => Waits(each) && each.Minutes is null), .. newest.Where(each => Waits(each) && each.Minutes is not null).Take(Kept / 2)];
        var kept = waiting.Concat(newest.Where(each => !Waits(each)).Take(Math.Max(0, Kept - waiting.Count))).OrderBy(each => each.CreatedAt);
        return (row with { Approvals = [.. kept] }).Tell(
            request.CreatedAt, JournalKind.Approval, request.RequestedBy,
            $"approval {request.Id} is asked for: {request.What}. Without an answer before {request.ExpiresAt:u} it {(request.CountsBySilence ? "counts as so" : "is not done")}", Facts(request, "Asked"),
            FactsJson.Default.ApprovalFacts);
    }

    /// <summary>Makes a new request of what is wanted now.</summary>
    public static ApprovalRow Request(ApprovalKind kind, string what, string by, DateTimeOffset now, int? minutes = null) => new()
    {
        Id = Id(kind, what, by, now),
        Kind = kind,
        What = what,
        RequestedBy = by,
        CreatedAt = now,
        ExpiresAt = now + ApprovalRow.AnsweredWithin,
        Minutes = minutes,
    };

    /// <summary>What was asked for is wanted no more, or not so. Those that were answered stay answered.</summary>
    public static FleetRow MakeVoid(this FleetRow row, ApprovalKind kind, string why, DateTimeOffset now, string actor)
    {
        var next = row;
        foreach (var request in row.Approvals.Where(each => each.Kind == kind && each.IsPending(now)))
        {
            next = (next with { Approvals = Replace(next, request with { Void = why }) }).Tell(
                now, JournalKind.Approval, actor, $"approval {request.Id} is void: {why}", Facts(request, "Void"), FactsJson.Default.ApprovalFacts);
        }

        return next;
    }

    /// <summary>Answers a request. What is approved is done by whoever reads it, within a while.</summary>
    /// <exception cref="InvalidOperationException">It may not be answered so; see <see cref="ApprovalRow.WhyNot"/>.</exception>
    public static FleetRow Answer(this FleetRow row, ApprovalRow request, ApprovalAnswer answer)
    {
        if (request.WhyNot(answer.By, answer.IsApproved, answer.IsBreakGlass, answer.At) is { } why)
        {
            throw new InvalidOperationException($"Approval {request.Id}: {why}");
        }

        var answered = request with { Answer = answer, UsableUntil = answer.IsApproved ? answer.At + ApprovalRow.UsableFor : null };
        var next = (row with { Approvals = Replace(row, answered) }).Tell(
            answer.At, JournalKind.Approval, answer.By,
            $"approval {request.Id} {(answer.IsBreakGlass ? "approved by BREAK GLASS" : answer.IsApproved ? "approved" : "denied")} by {answer.By}, asked for by {request.RequestedBy}: {answer.Reason}. It was: {request.What}",
            Facts(answered, answer.IsBreakGlass ? "BreakGlass" : answer.IsApproved ? "Approved" : "Denied"), FactsJson.Default.ApprovalFacts);
        return (request.Kind, answer.IsApproved) switch
        {
            (ApprovalKind.LoweringWindow, true) => next.Approve(
                new LoweringApproval(answer.By, answer.Reason, answer.At.AddMinutes(request.Minutes ?? 0)), answer.At),
            (ApprovalKind.Inventory, true) when next.Shrink is not null => next.ConfirmShrink(answer.By, answer.Reason, answer.At),
            (ApprovalKind.Inventory, false) when next.Shrink is { } open => next with { Shrink = open with { DeniedBy = answer.By } },
            (ApprovalKind.Policies, true) when next.Narrowing is not null => next.ConfirmNarrowing(answer.By),
            (ApprovalKind.Policies, false) => next.DenyNarrowing(answer.By),
            _ => next,
        };
    }

    private static IReadOnlyList<ApprovalRow> Replace(FleetRow row, ApprovalRow request) =>
        [.. row.Approvals.Select(each => each.Id == request.Id ? request : each)];

    private static ApprovalFacts Facts(ApprovalRow request, string what) =>
        new(request.Id, $"{request.Kind}", what, request.RequestedBy, request.ExpiresAt);

    /// <summary>Short enough to be typed; of two that are open at a time it is never the same.</summary>
    private static string Id(ApprovalKind kind, string what, string by, DateTimeOffset now) =>
        $"ap-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{what}\n{by}\n{now.UtcTicks}"))[..4])}";
}
