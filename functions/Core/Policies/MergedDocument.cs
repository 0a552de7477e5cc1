namespace ScaleFunctions.Core.Policies;

/// <summary>A document with all it inherits, and what it inherits from, nearest first.</summary>
internal sealed record MergedDocument(PolicyNode Root, IReadOnlyList<ParsedDocument> Ancestors);
