using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Schema;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Exports;

/// <summary>Makes the artifacts of a policy directory. The same files give the same bytes, wherever they lie and whenever it is done.</summary>
internal static class PolicyExports
{
    public const string Performance = "Performance_Optimization.json";

    public const string Costs = "Cost_Management_Configuration.json";

    public const string Schema = "policy-export.schema.json";

    private const string ApiVersion = "scalefunctions/v1";

    /// <summary>What is spent and spared; all else is how a workload performs.</summary>
    private static readonly string[] KindsOfMoney =
        [nameof(PolicySet.ResourceRightsizing), nameof(PolicySet.UsageOptimization), nameof(PolicySet.CostMonitoring), nameof(PolicySet.BudgetAlerts), nameof(PolicySet.AlertChannels)];

    /// <summary>Written by people and read by people: only what JSON needs is escaped.</summary>
    private static readonly ExportJson Writing = new(new JsonSerializerOptions(ExportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The files to write, by name.</summary>
    /// <exception cref="UserErrorException">A policy has an error: what it comes to is not known.</exception>
    public static IReadOnlyList<(string Name, string Text)> Of(string directory)
    {
        var files = Below(directory, PolicyDirectory.Read(directory));
        var policies = PolicyReader.Read(files);
        PolicyMessages.Print(policies);
        if (policies.Errors.Count > 0)
        {
            throw new UserErrorException($"{directory} has {policies.Errors.Count} errors, see above; nothing was exported");
        }

        return
        [
            (Performance, Text("PerformanceOptimization", policies, files, ofMoney: false)),
            (Costs, Text("CostManagementConfiguration", policies, files, ofMoney: true)),
            (Schema, SchemaText()),
        ];
    }

    /// <summary>Reads an artifact; nothing when the text is none.</summary>
    public static PolicyExport? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ExportJson.Default.PolicyExport);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Under names below the directory, so that neither places nor hashes tell where it lies.</summary>
    private static IReadOnlyList<PolicyFile> Below(string directory, PolicySnapshot snapshot)
    {
        if (snapshot.Files.Count == 0 || snapshot.Policies.Errors.FirstOrDefault(error => error.Message.StartsWith("the file cannot be read", StringComparison.Ordinal)) is not null)
        {
            PolicyMessages.Print(snapshot.Policies);
            throw new UserErrorException($"not all of {directory} can be read, see above; nothing was exported");
        }

        return [.. snapshot.Files
            .Select(file => file with { Name = Path.GetRelativePath(directory, file.Name).Replace('\\', '/') })
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static string Text(string kind, PolicySet policies, IReadOnlyList<PolicyFile> files, bool ofMoney)
    {
        var export = new PolicyExport
        {
            Schema = Schema,
            ApiVersion = ApiVersion,
            Kind = kind,
            PolicyHash = policies.Version.ToLowerInvariant(),
            Files = [.. files.Select(file => new ExportedFile(file.Name, Convert.ToHexStringLower(SHA256.HashData(file.Content.Span))))],
            Workloads = [.. policies.Workloads.OrderBy(workload => workload.Name, StringComparer.Ordinal).Select(workload => Of(policies, workload, ofMoney))],
            Estate = Grouped(ofMoney ? EffectiveCosts.Of(policies) : EffectivePolicies.OfKinds(policies), ofMoney),
        };
        return $"{JsonSerializer.Serialize(export, Writing.PolicyExport)}\n";
    }

    private static ExportedWorkload Of(PolicySet policies, WorkloadPolicy workload, bool ofMoney) => new(
        workload.Name, workload.Owner, workload.Select.ToString(),
        policies.For(workload.Name) is TargetPolicies.Resolved resolved ? Grouped(EffectivePolicies.Of(resolved), ofMoney) : []);

    private static IReadOnlyList<ExportedPolicy> Grouped(IReadOnlyList<EffectiveValue> values, bool ofMoney) =>
    [
        .. values
            .Where(value => KindsOfMoney.Contains(value.Kind, StringComparer.Ordinal) == ofMoney)
            .GroupBy(value => (value.Kind, value.Policy))
            .Select(group => new ExportedPolicy(
                group.Key.Kind, group.Key.Policy,
                [.. group.Select(value => new ExportedValue(value.Path, value.Value, value.OriginText, value.Note))])),
    ];

    private static string SchemaText()
    {
        var schema = ExportJson.Default.Options.GetJsonSchemaAsNode(typeof(PolicyExport), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "What ScaleFunctions policies come to");
        return $"{schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}\n";
    }
}
