using System.Text;
using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Core.Policies.Imports;

/// <summary>
/// Writes policies of several settings for one file: each workload has a name of its own, each resource one workload, and the file
/// is no larger than one may be.
/// </summary>
public static class AutoscaleImports
{
    /// <summary>Between the documents of two settings.</summary>
    public const string Separator = "---\n";

    private static readonly ImportedPolicies TooMany = ImportedPolicies.Nothing(
        $"with it the file would be larger than a policy file may be ({PolicyFile.MaximumBytes / 1024} KiB, {ParsedDocument.MaximumDocuments} documents); import it by its name into a file of its own");

    /// <summary>What became of each, in their order.</summary>
    /// <param name="settings">The settings with their names.</param>
    /// <param name="now">Fixed dates that are over by then are not imported.</param>
    public static IReadOnlyList<ImportedPolicies> Of(IReadOnlyList<(string Name, AutoscaleSetting Setting)> settings, DateTimeOffset now)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var (bytes, documents, isFull) = (0, 0, false);
        var imported = new List<ImportedPolicies>();
        foreach (var each in settings)
        {
            var policies = isFull ? TooMany : Of(each, settings, now, names);
            var (moreBytes, moreDocuments) = Size(policies);
            if (bytes + moreBytes > PolicyFile.MaximumBytes || documents + moreDocuments > ParsedDocument.MaximumDocuments)
            {
                // From the first that does not fit on: which are in the file is then easy to tell.
                (policies, isFull) = (TooMany, true);
            }
            else
            {
                (bytes, documents) = (bytes + moreBytes, documents + moreDocuments);
            }

            imported.Add(policies);
        }

        return imported;
    }

    /// <summary>Of several settings of one resource Azure acts on one: the first that is on, or the first.</summary>
    private static ImportedPolicies Of(
        (string Name, AutoscaleSetting Setting) setting, IReadOnlyList<(string Name, AutoscaleSetting Setting)> all, DateTimeOffset now, HashSet<string> names)
    {
        var acting = all.Where(other => other.Setting.Target == setting.Setting.Target).OrderByDescending(other => other.Setting.IsEnabled).First();
        return ReferenceEquals(acting.Setting, setting.Setting)
            ? AutoscaleImport.Of(setting.Setting, setting.Name, now, names)
            : ImportedPolicies.Nothing($"the setting '{acting.Name}' scales the same resource, and a resource has one workload; remove one of the two, or import this one by its id into a file of its own");
    }

    private static (int Bytes, int Documents) Size(ImportedPolicies policies) => policies.Yaml.Length == 0
        ? (0, 0)
        : (Encoding.UTF8.GetByteCount(policies.Yaml) + Separator.Length, policies.Yaml.Split('\n').Count(line => line == "---") + 1);
}
