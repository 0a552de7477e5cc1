namespace ScaleFunctions.Core.Policies;

/// <summary>One document as written, before what it extends is merged in and anything is bound.</summary>
internal sealed class ParsedDocument
{
    /// <summary>Each document costs a parser; a file with more of them is not meant to be read by people.</summary>
    public const int MaximumDocuments = 1000;

    private ParsedDocument(PolicyNode root, PolicyErrors errors, bool hasDuplicates)
    {
        (Root, Errors, HasDuplicates) = (root, errors, hasDuplicates);
        Kind = TextOf(Fields?["kind"]);
        Name = TextOf((Fields?["metadata"] as PolicyNode.Mapping)?["name"]);
        Preset = PolicyPresets.NameOf(errors.File);
    }

    public PolicyNode Root { get; }

    /// <summary>Where errors of this document are collected: those of its file.</summary>
    public PolicyErrors Errors { get; }

    /// <summary>Whether a field is given twice, so that the document must not be used.</summary>
    public bool HasDuplicates { get; }

    public string? Kind { get; }

    public string? Name { get; }

    /// <summary>The name under which others extend it, when it stands in a file of presets.</summary>
    public string? Preset { get; }

    public PolicyNode.Mapping? Fields => Root as PolicyNode.Mapping;

    public PolicyNode.Mapping? Spec => Fields?["spec"] as PolicyNode.Mapping;

    public PolicyNode? Extends => Spec?["extends"];

    /// <summary>The field that says what the document is for; it is never handed on.</summary>
    public string Purpose => Kind == WorkloadBinding.Kind ? "select" : "workload";

    /// <summary>Whether it is for something itself, and not only a base that others extend.</summary>
    public bool HasPurpose => Spec?[Purpose] is not null;

    /// <summary>Every document of a file that can be read; what is wrong with the others is added.</summary>
    public static IReadOnlyList<ParsedDocument> ReadAll(PolicyFile file, PolicyErrors errors)
    {
        List<ParsedDocument> documents = [];
        if (PolicyGuard.Read(file, errors) is not { } text)
        {
            errors.LoseBounds();
            return documents;
        }

        var (count, broken) = (0, 0);
        foreach (var document in PolicyDocumentText.Split(text).Where(each => !each.IsEmpty))
        {
            if (++count > MaximumDocuments || broken > PolicyErrors.MaximumShown)
            {
                errors.Add(document.FirstLine, 1, "the file holds too many documents or broken documents; the rest from here is not read");
                errors.LoseBounds();
                break;
            }

            var before = errors.Count;
            if (Read(document, errors) is { } read)
            {
                documents.Add(read);
            }
            else if (errors.Count == before)
            {
                count--;
            }

            // A separator that is missing makes one document of two, in which fields are given twice.
            if (errors.Count > before && BoundsDoubt.MayBound(document))
            {
                errors.LoseBounds();
            }

            broken += errors.Count > before ? 1 : 0;
        }

        if (count == 0)
        {
            errors.Add(1, 1, "no policy document in this file; it is empty or holds only comments");
        }

        return documents;
    }

    /// <summary>Null when the document is empty or could not be read at all.</summary>
    private static ParsedDocument? Read(PolicyDocumentText document, PolicyErrors errors)
    {
        if (!NestingScan.Allows(document, errors))
        {
            return null;
        }

        var before = errors.Count;
        var root = PolicyNodeReader.Read(document, errors);
        return root is null ? null : new ParsedDocument(root, errors, hasDuplicates: errors.Count > before);
    }

    private static string? TextOf(PolicyNode? node) => node is PolicyNode.Scalar { IsNull: false } scalar ? scalar.Text : null;
}
