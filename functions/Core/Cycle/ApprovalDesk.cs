using System.Text.Json;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Asks people for what may not be done without them, and takes their answers. The requests are in the fleet's row, written
/// conditionally; what exactly a request is about is a document beside it, there before anybody can say yes to it.
/// </summary>
public sealed class ApprovalDesk(RowStore rows, IDocumentStore documents, CycleOptions options, TimeProvider time)
{
    private const string Partition = "approvals";

    private const int TargetsTold = 5;

    /// <summary>Nobody is asked again so soon for what was denied.</summary>
    private static readonly TimeSpan QuietFor = ApprovalRow.AnsweredWithin;

    /// <summary>A request stays as it is for as long, though targets join: they do minute by minute, and somebody may be reading it.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(3);

    /// <summary>The lowerings that people have approved and that may be made now.</summary>
    public async Task<IReadOnlyList<ApprovedLowerings>> UsableAsync(FleetRow fleet, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<ApprovedLowerings> usable = [];
        foreach (var request in fleet.Approvals.Where(each => each.Kind == ApprovalKind.Lowerings && each.IsUsable(now)))
        {
            usable.Add(await DetailsAsync(request.Id, cancellationToken).ConfigureAwait(false));
        }

        return usable;
    }

    /// <summary>Asks for lowerings beyond the cap, once: not while a request that names all of them waits, nor soon after it was denied.</summary>
    /// <returns>What a person has to be told; nothing when they know.</returns>
    public async Task<string?> AskAsync(IReadOnlyList<LoweringProposal> awaiting, FleetRow fleet, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<ApprovedLowerings> waiting = [], denied = [];
        var askedAt = DateTimeOffset.MinValue;
        foreach (var known in fleet.Approvals.Where(each => each.Kind == ApprovalKind.Lowerings && IsKnown(each, now)))
        {
            (known.Answer is null ? waiting : denied).Add(await DetailsAsync(known.Id, cancellationToken).ConfigureAwait(false));
            askedAt = known.Answer is null && known.CreatedAt > askedAt ? known.CreatedAt : askedAt;
        }

        awaiting = [.. awaiting.Where(each => !denied.Exists(plan => plan.Name(each)))];
        if (awaiting.Count == 0 || awaiting.All(each => waiting.Exists(plan => plan.Name(each))) || now - askedAt < Steady)
        {
            return null;
        }

        var request = ApprovalTransitions.Request(ApprovalKind.Lowerings, What(awaiting), options.Worker, now);
        var json = JsonSerializer.Serialize(ApprovedLowerings.Of(awaiting), CycleJson.Default.ApprovedLowerings);
        await documents.WriteDocumentAsync(new StoredDocument(Partition, request.Id, 0, json, now + KeptFor), cancellationToken).ConfigureAwait(false);
        await rows.ChangeFleetAsync(
            row => row.MakeVoid(ApprovalKind.Lowerings, $"the plan changed; {request.Id} takes its place", now, options.Worker).Ask(request),
            cancellationToken).ConfigureAwait(false);
        return $"{request.What}; approval {request.Id} waits for a person until {request.ExpiresAt:u}";
    }

    /// <summary>A person asks that another one lets lowerings beyond the cap be made for a while.</summary>
    public async Task<ApprovalRow> AskForWindowAsync(string by, string reason, int minutes, CancellationToken cancellationToken)
    {
        var request = ApprovalTransitions.Request(
            ApprovalKind.LoweringWindow, $"lowerings beyond the cap for {minutes} min, spread over ticks: {reason}", by, time.GetUtcNow(), minutes);
        await rows.ChangeFleetAsync(row => row.Ask(request), cancellationToken).ConfigureAwait(false);
        return request;
    }

    /// <summary>Takes an answer.</summary>
    /// <param name="id">The request.</param>
    /// <param name="isApproved">Whether yes.</param>
    /// <param name="by">Who answers.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isBreakGlass">Whether one's own request may be approved; it is marked then.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<ApprovalResult> AnswerAsync(
        string id, bool isApproved, string by, string reason, bool isBreakGlass, CancellationToken cancellationToken)
    {
        ApprovalResult result = new ApprovalResult.NotFound();
        if (Find(await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false), id) is null)
        {
            return result;
        }

        await rows.ChangeFleetAsync(
            row =>
            {
                var now = time.GetUtcNow();
                if (Find(row, id) is not { } request)
                {
                    return row;
                }

                if (request.WhyNot(by, isApproved, isBreakGlass, now) is { } why)
                {
                    result = new ApprovalResult.Refused(why);
                    return row;
                }

                var next = row.Answer(request, new ApprovalAnswer(isApproved, by, reason, now, IsBreakGlass: request.WhyNot(by, isApproved, isBreakGlass: false, now) is not null));
                result = new ApprovalResult.Answered(Find(next, id)!);
                return next;
            },
            cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>What a request for lowerings is about; nothing of other requests, and of those that are long over.</summary>
    public async Task<ApprovedLowerings> DetailsAsync(string id, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(Partition, id, cancellationToken).ConfigureAwait(false) is { } stored
            ? stored.Read(CycleJson.Default.ApprovedLowerings) ?? ApprovedLowerings.None
            : ApprovedLowerings.None;

    public static ApprovalRow? Find(FleetRow fleet, string id) =>
        fleet.Approvals.FirstOrDefault(each => string.Equals(each.Id, id, StringComparison.OrdinalIgnoreCase));

    private static bool IsKnown(ApprovalRow request, DateTimeOffset now) =>
        request.IsPending(now) || (request.Answer is { IsApproved: false } denied && now - denied.At < QuietFor);

    private static string What(IReadOnlyList<LoweringProposal> awaiting)
    {
        var told = awaiting.Take(TargetsTold).Select(each => $"{each.Target.Name} {each.From} → {each.Least}");
        var more = awaiting.Count - TargetsTold;
        return $"{(awaiting.Count == 1 ? "1 target" : $"{awaiting.Count} targets")} would be lowered unexpectedly, more than may be at once: {string.Join(", ", told)}{(more > 0 ? $" and {more} more" : "")}";
    }
}
