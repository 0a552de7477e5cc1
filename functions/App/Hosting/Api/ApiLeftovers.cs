using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Tells what stands about, a page at a time. It reads what is kept and asks Azure nothing.</summary>
internal sealed class ApiLeftovers(LeftoverMarks marks)
{
    private const int Usual = 200;

    private const int Most = 500;

    /// <param name="after">Id of the last one of the page before; empty for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="kind">Only those; all when empty.</param>
    /// <param name="owner">Only what is this owner's; everybody's when empty.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ApiAnswer> ListAsync(string after, string limit, string kind, string owner, CancellationToken cancellationToken)
    {
        if (!ApiReads.IsCount(limit, Usual, Most, out var most))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'limit' is 1 to {Most}"));
        }

        if (kind.Length > 0 && !Enum.GetNames<LeftoverKind>().Contains(kind, StringComparer.OrdinalIgnoreCase))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'kind' is one of {string.Join(", ", Enum.GetNames<LeftoverKind>())}"));
        }

        LeftoverKind? wanted = kind.Length > 0 ? Enum.Parse<LeftoverKind>(kind, ignoreCase: true) : null;
        var all = (await marks.ListAsync(cancellationToken))
            .Where(each => (wanted is null || each.Kind == wanted) && (owner.Length == 0 || string.Equals(each.Owner, owner, StringComparison.OrdinalIgnoreCase))).ToList();
        var rest = all.Where(each => string.Compare(each.Id, after, StringComparison.OrdinalIgnoreCase) > 0).Take(most + 1).ToList();
        var page = rest.Take(most).ToList();
        return ApiAnswer.Ok(new LeftoversAnswer(all.Count, rest.Count > most ? page[^1].Id : null, [.. page.Select(LeftoverFact.Of)]), ApiJson.Default.LeftoversAnswer);
    }
}
