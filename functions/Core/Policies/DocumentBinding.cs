using NodaTime;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds a document: its header here, its <c>spec</c> by the binding of its kind.</summary>
internal static class DocumentBinding
{
    public const string ApiVersion = "scalefunctions/v1";

    /// <summary><c>$schema</c> is for editors: it names the JSON Schema they check against.</summary>
    private static readonly FieldNames Names = new(["apiVersion", "kind", "metadata", "spec", "$schema"]);

    private static readonly FieldNames MetadataNames = FieldNames.Of(PolicyShapesJson.Default.Metadata);

    /// <summary>Null when not even the kind could be read.</summary>
    public static PolicyDocument? Bind(
        ParsedDocument document, PolicyInheritance inheritance, IReadOnlyDictionary<string, IReadOnlySet<LocalDate>?> holidays,
        KindNames kinds)
    {
        var errors = document.Errors;
        if (document.Root is not PolicyNode.Mapping written)
        {
            errors.Add(document.Root, "a policy document is a group of fields: apiVersion, kind, metadata, spec");
            errors.LoseBounds();
            return null;
        }

        var before = errors.Count;
        var merged = inheritance.Merge(document);
        var mapping = merged.Root as PolicyNode.Mapping ?? written;
        var fields = PolicyFields.Of(mapping, "", Names, errors);
        CheckVersion(fields);
        fields.Optional("$schema")?.Text();
        var kind = ReadKind(fields);
        if (kind is null && BoundsDoubt.MayBound(document.Kind))
        {
            errors.LoseBounds();
        }

        var metadata = fields.Required("metadata")?.Fields(MetadataNames);
        var name = metadata?.Required("name");
        var header = new PolicyHeader
        {
            Name = name?.Name() ?? "",
            Owner = metadata?.Optional("owner")?.Text() ?? "",
            Source = mapping.Source,
            Holidays = holidays,
            Kinds = kinds,
            Extends = [.. merged.Ancestors.Select(ancestor => ancestor.Name).OfType<string>()],
            Origins = mapping["spec"] is { } node ? PolicyOrigins.From(node) : PolicyOrigins.None,
        };
        var spec = fields.Required("spec");
        if (kind is null)
        {
            return null;
        }

        var policy = spec is null ? null : PolicyKinds.Supported[kind](header, spec);
        var workload = WorkloadOf(spec);
        return new PolicyDocument
        {
            Kind = kind,
            Name = header.Name.Length == 0 ? null : header.Name,
            NameSource = (name?.Node ?? mapping).Source,
            Workload = workload?.Text,
            WorkloadSource = (workload ?? (PolicyNode)mapping).Source,
            Extends = header.Extends,
            Policy = errors.Count > before || document.HasDuplicates ? null : policy,
        };
    }

    private static void CheckVersion(PolicyFields fields)
    {
        if (fields.Required("apiVersion") is { Node: var node } version && node is not PolicyNode.Scalar { Text: ApiVersion })
        {
            version.MustBe($"'{ApiVersion}'");
        }
    }

    private static string? ReadKind(PolicyFields fields)
    {
        if (fields.Required("kind") is not { } field || field.Text() is not { } kind)
        {
            return null;
        }

        if (PolicyKinds.Supported.ContainsKey(kind))
        {
            return kind;
        }

        var supported = $"supported: {Quoted.List(PolicyKinds.Supported.Keys)}";
        field.Errors.Add(field.Node, $"unknown kind {Quoted.Text(kind)}{NearName.Hint(kind, PolicyKinds.Supported.Keys)} ({supported})");
        return null;
    }

    /// <summary>Looked up apart from the typed binding, because it is wanted even when the rest of the document is wrong.</summary>
    private static PolicyNode.Scalar? WorkloadOf(PolicyField? spec) =>
        (spec?.Node as PolicyNode.Mapping)?.Fields.FirstOrDefault(field => field.Key.Text == "workload").Value
            is PolicyNode.Scalar { IsNull: false } workload ? workload : null;
}
