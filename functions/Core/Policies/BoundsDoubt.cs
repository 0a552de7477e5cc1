using System.Text.RegularExpressions;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Whether a document that cannot be used may have held others back. Only one that is known to be something else has not: a
/// mistyped kind may stand for guardrails as well as for anything.
/// </summary>
internal static partial class BoundsDoubt
{
    private static readonly char[] Around = [' ', '\t', '"', '\''];

    public static bool MayBound(string? kind) =>
        kind is null || PolicyKinds.Bounding.Contains(kind) || !PolicyKinds.Supported.ContainsKey(kind);

    /// <summary>The same of text that no parser understands: what its lines say at the left edge, as people write them.</summary>
    public static bool MayBound(PolicyDocumentText document)
    {
        var kinds = KindLine().Matches(document.Text).Select(match => match.Groups["kind"].Value.Trim(Around)).ToList();
        return kinds.Count == 0 || kinds.Exists(MayBound)
            || PolicyKinds.Bounding.Any(kind => document.Text.Contains(kind, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^kind:(?<kind>[^\r\n#]*)", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex KindLine();
}
