using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Tells what <c>RightsizeDaily</c> found, a page at a time. It reads what is kept and asks Azure nothing.</summary>
internal sealed class ApiFindings(RightsizingFindings findings, ApiReads reads, IPolicySource policies, TimeProvider time)
{
    private const int Usual = 200;

    private const int Most = 500;

    /// <param name="after">Id of the last one of the page before; empty for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="verdict">Only those; all when empty.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ApiAnswer> ListAsync(string after, string limit, string verdict, CancellationToken cancellationToken)
    {
        if (!ApiReads.IsCount(limit, Usual, Most, out var most))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'limit' is 1 to {Most}"));
        }

        RightsizingVerb? wanted = null;
        if (verdict.Length > 0)
        {
            if (!Enum.GetNames<RightsizingVerb>().Contains(verdict, StringComparer.OrdinalIgnoreCase))
            {
                return ApiAnswer.Of(ApiProblem.BadRequest($"'verdict' is one of {string.Join(", ", Enum.GetNames<RightsizingVerb>())}"));
            }

            wanted = Enum.Parse<RightsizingVerb>(verdict, ignoreCase: true);
        }

        var all = (await findings.ListAsync(cancellationToken)).Where(each => wanted is null || each.Verdict == wanted)
            .OrderBy(each => each.Id, StringComparer.OrdinalIgnoreCase).ToList();
        var rest = all.Where(each => string.Compare(each.Id, after, StringComparison.OrdinalIgnoreCase) > 0).Take(most + 1).ToList();
        var page = rest.Take(most).ToList();
        return ApiAnswer.Ok(new FindingsAnswer(all.Count, rest.Count > most ? page[^1].Id : null, [.. page.Select(FindingView.Of)]), ApiJson.Default.FindingsAnswer);
    }

    /// <summary>One finding, with what it rests on and what would be done.</summary>
    /// <param name="nameOrId">Of the resource.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ApiAnswer> ShowAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var wanted = nameOrId.Trim('/');
        var fitting = (await findings.ListAsync(cancellationToken))
            .Where(each => string.Equals(each.Id.Trim('/'), wanted, StringComparison.OrdinalIgnoreCase) || string.Equals(each.Name, wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        if (fitting is not [var record])
        {
            return ApiAnswer.Of(ApiProblem.NotFound($"nothing, or more than one thing, was found of '{nameOrId}'; GET api/v1/findings lists what was"));
        }

        var row = await reads.FindAsync(record.Id, cancellationToken);
        var plan = FindingPlan.Of(record, await policies.CurrentAsync(cancellationToken), row, time.GetUtcNow());
        return ApiAnswer.Ok(new FindingDetails(FindingView.Of(record), FindingEvidence.Of(record), plan), ApiJson.Default.FindingDetails);
    }
}
