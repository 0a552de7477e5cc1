using System.Text.Json;

namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>What infrastructure code does to capacities that somebody else scales.</summary>
public sealed record CodeReview
{
    /// <summary>By file and line.</summary>
    public required IReadOnlyList<CapacityReset> Resets { get; init; }

    public required IReadOnlyList<CodeDoubt> Doubts { get; init; }

    /// <summary>Files that were looked into.</summary>
    public required int Files { get; init; }

    /// <summary>A unified diff that ends the resets which can be ended by one; empty when there is none.</summary>
    public required string Patch { get; init; }

    /// <summary>Whether a file, or part of one, could not be read, so that there may be more.</summary>
    public required bool IsPartial { get; init; }

    public static CodeReview Of(IReadOnlyList<CodeFile> files, IReadOnlyList<CodeDoubt> unread)
    {
        var reading = new Reading();
        foreach (var file in files)
        {
            reading.Look(file);
        }

        reading.LookAtTemplates();
        reading.LookAtParameters(files);
        IReadOnlyList<CapacityReset> resets = [.. reading.Merged().OrderBy(each => each.File, StringComparer.Ordinal).ThenBy(each => each.Line)];
        var byFile = resets.ToLookup(each => each.File);
        return new CodeReview
        {
            Resets = resets,
            Doubts = [.. unread, .. reading.Broken, .. reading.Doubts.OrderBy(each => each.File, StringComparer.Ordinal).ThenBy(each => each.Line)],
            Files = files.Count,
            Patch = string.Concat(files.Select(file => (File: file, Edits: EditsOf(byFile[file.Path]))).Where(each => each.Edits.Count > 0).Select(each => UnifiedDiff.Of(each.File, each.Edits))),
            IsPartial = unread.Count + reading.Broken.Count > 0,
        };
    }

    private static IReadOnlyList<TextEdit> EditsOf(IEnumerable<CapacityReset> resets) => [.. resets.SelectMany(each => each.Edits).Distinct()];

    private sealed class Reading
    {
        private readonly List<CapacityReset> _resets = [];
        private readonly List<TerraformResource> _resources = [];
        private readonly HashSet<string> _directories = [];
        private readonly List<TerraformCall> _calls = [];
        private readonly List<TerraformAutoscale> _autoscales = [];
        private readonly List<TerraformRecord> _states = [];
        private readonly List<TerraformRecord> _plans = [];
        private readonly List<BicepSource> _templates = [];
        private Func<string, IReadOnlyList<string>> _handedOver = _ => [];

        public List<CodeDoubt> Broken { get; } = [];

        public List<CodeDoubt> Doubts { get; } = [];

        public void Look(CodeFile file)
        {
            try
            {
                if (file.Path.EndsWith(".tf", StringComparison.OrdinalIgnoreCase))
                {
                    _directories.Add(CodePath.DirectoryOf(file.Path));
                    _resources.AddRange(TerraformSource.Read(file));
                    _calls.AddRange(TerraformCall.Read(file));
                    _autoscales.AddRange(TerraformSource.AutoscaleSettings(file));
                }
                else if (file.Path.EndsWith(".bicep", StringComparison.OrdinalIgnoreCase))
                {
                    _templates.Add(new BicepSource(file));
                }
                else if (file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".tfstate", StringComparison.OrdinalIgnoreCase))
                {
                    LookAtJson(file, CodeJson.Read(file.Text));
                }
            }
            catch (CodeSyntaxException exception)
            {
                Broken.Add(new CodeDoubt(file.Path, file.LineAt(exception.Offset), $"it cannot be read: {exception.Message}"));
            }
            catch (JsonException exception)
            {
                Broken.Add(new CodeDoubt(file.Path, (int)(exception.LineNumber ?? 0) + 1, "it is no JSON that can be read"));
            }
        }

        /// <summary>After all files, because those call one another.</summary>
        public void LookAtTemplates()
        {
            var review = new BicepReview(_templates);
            _handedOver = review.HandedOver;
            _resets.AddRange(review.Resets);
            Doubts.AddRange(review.Doubts);
        }

        /// <summary>After all templates, because those say which parameters matter.</summary>
        public void LookAtParameters(IEnumerable<CodeFile> files)
        {
            foreach (var file in files.Where(file => file.Path.EndsWith(".bicepparam", StringComparison.OrdinalIgnoreCase)))
            {
                try
                {
                    _resets.AddRange(BicepParameters.Read(file, _handedOver));
                }
                catch (CodeSyntaxException exception)
                {
                    Broken.Add(new CodeDoubt(file.Path, file.LineAt(exception.Offset), $"it cannot be read: {exception.Message}"));
                }
            }
        }

        /// <summary>The resets, with what states and plans say of the same resources.</summary>
        public IEnumerable<CapacityReset> Merged()
        {
            var modules = new TerraformModules(_directories, _calls);
            Doubts.AddRange(modules.Doubts);
            return new TerraformReview(_resources, modules, _autoscales, _states, _plans).Resets().Concat(_resets);
        }

        private void LookAtJson(CodeFile file, CodeJson json)
        {
            if (TerraformPlan.Fits(json))
            {
                _plans.AddRange(TerraformPlan.Read(file, json));
            }
            else if (TerraformState.Fits(json))
            {
                if (json.At("version")!.Text == TerraformState.Version)
                {
                    _states.AddRange(TerraformState.Read(file, json));
                }
                else
                {
                    Broken.Add(new CodeDoubt(file.Path, json.At("version")!.Line, $"a state of version {json.At("version")!.Text} is not read, only of version {TerraformState.Version}"));
                }
            }
            else if (ArmTemplate.Fits(json))
            {
                _resets.AddRange(ArmTemplate.Read(file, json, Doubts));
            }
            else if (file.Path.EndsWith(".tf.json", StringComparison.OrdinalIgnoreCase))
            {
                Broken.Add(new CodeDoubt(file.Path, 0, "Terraform's JSON syntax is not read"));
            }
            else if (file.Path.EndsWith(".tfstate", StringComparison.OrdinalIgnoreCase))
            {
                Broken.Add(new CodeDoubt(file.Path, 0, "it is no state that is known"));
            }
        }
    }
}
