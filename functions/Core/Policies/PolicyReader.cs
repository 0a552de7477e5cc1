using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Reads policy files, which may be half-written or hostile, into a set: every error of every file at once, and every
/// document without one. Never throws for anything a file contains.
/// </summary>
public static class PolicyReader
{
    /// <param name="files">The files.</param>
    /// <param name="unreadable">Files that are there but could not be opened. They may hold bounds, so nobody acts.</param>
    public static PolicySet Read(IReadOnlyList<PolicyFile> files, IReadOnlyList<PolicyError>? unreadable = null)
    {
        var holidays = ReadHolidays([.. files.Where(IsCalendar)], out var holidayErrors);
        var ordered = files.Where(file => !IsCalendar(file)).OrderBy(each => each.Name, StringComparer.Ordinal).Select(file => (File: file, Errors: new PolicyErrors(file.Name))).ToList();
        var parsed = ordered.SelectMany(each => ParsedDocument.ReadAll(each.File, each.Errors)).ToList();
        var documents = Bind([.. ordered.Select(each => each.Errors)], parsed, holidays);
        var errors = ordered.SelectMany(each => each.Errors.Shown).Concat(holidayErrors).ToList();
        if (ordered.Count == 0 && unreadable is null or [])
        {
            errors.Add(new PolicyError(new PolicySource("policies", 1, 1), "no policy file was found; nothing is scaled"));
        }

        var (policies, crossErrors) = PolicyCrossChecks.Run(documents);
        var unclear = BoundingChecks.Run(documents);
        var set = AlertRoutes.Apply(GuardrailNarrowing.Apply(new PolicySet
        {
            Workloads = [.. policies.OfType<WorkloadPolicy>()],
            HorizontalScaling = [.. policies.OfType<HorizontalScalingPolicy>()],
            LoadBasedScaling = [.. policies.OfType<LoadBasedScalingPolicy>()],
            PredictiveScaling = [.. policies.OfType<PredictiveScalingPolicy>()],
            VerticalScaling = [.. policies.OfType<VerticalScalingPolicy>()],
            ResourceRightsizing = [.. policies.OfType<ResourceRightsizingPolicy>()],
            UsageOptimization = [.. policies.OfType<UsageOptimizationPolicy>()],
            UsageFindings = [.. policies.OfType<UsageFindingsPolicy>(), .. policies.OfType<UsageOptimizationPolicy>().Select(policy => policy.Findings).OfType<UsageFindingsPolicy>()],
            CostMonitoring = [.. policies.OfType<CostMonitoringPolicy>()],
            BudgetAlerts = [.. policies.OfType<BudgetAlertsPolicy>()],
            AlertChannels = [.. policies.OfType<AlertChannelsPolicy>()],
            Guardrails = [.. policies.OfType<GuardrailsPolicy>()],
            Tests = [.. policies.OfType<PolicyTest>()],
            ResourceKinds = [.. policies.OfType<ResourceKindPolicy>()],
            ChangeCalendars = [.. policies.OfType<ChangeCalendarPolicy>()],
            Errors = [.. errors, .. crossErrors, .. AlertRoutes.Check(documents), .. unclear, .. unreadable ?? []],
            Version = VersionOf(files),
        }));
        var lost = ordered.Select(each => each.Errors.LostBounds).OfType<PolicySource>()
            .Concat(documents.Where(document => document.Policy is null && PolicyKinds.Bounding.Contains(document.Kind)).Select(document => document.NameSource))
            .Concat((unreadable ?? []).Select(error => error.Source))
            .ToList();
        var safe = lost.Count > 0 || unclear.Count > 0 ? ObserveOnly(set, lost) : set;
        return safe with { Errors = Sorted(safe.Errors) };
    }

    /// <summary>Nobody knows what broken bounds were to forbid, so nothing is done until they are mended.</summary>
    private static PolicySet ObserveOnly(PolicySet set, IEnumerable<PolicySource> lost) => set with
    {
        AreBoundsLost = true,
        Workloads = [.. set.Workloads.Select(workload => workload with { Mode = PolicyMode.Observe })],
        Errors =
        [
            .. set.Errors,
            .. lost.Select(source => new PolicyError(source, "guardrails or a change calendar may stand here and cannot be read, so every workload only observes until that is mended")),
        ],
    };

    private static bool IsCalendar(PolicyFile file) => file.Name.EndsWith(HolidayCalendar.Ending, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, IReadOnlySet<LocalDate>?> ReadHolidays(IReadOnlyList<PolicyFile> files, out List<PolicyError> errors)
    {
        Dictionary<string, IReadOnlySet<LocalDate>?> holidays = new(StringComparer.Ordinal);
        errors = [];
        foreach (var file in files)
        {
            var fileErrors = new PolicyErrors(file.Name);
            holidays[file.Name.Replace('\\', '/')] = HolidayCalendar.Read(file, fileErrors);
            errors.AddRange(fileErrors.Shown);
        }

        return holidays;
    }

    /// <summary>Files in the order of their names, so that the same files always give the same set.</summary>
    private static List<PolicyDocument> Bind(
        IReadOnlyList<PolicyErrors> files, IReadOnlyList<ParsedDocument> parsed, IReadOnlyDictionary<string, IReadOnlySet<LocalDate>?> holidays)
    {
        var inheritance = new PolicyInheritance(parsed);
        var kinds = KindNames.Of(parsed);
        List<PolicyDocument> documents = [];
        foreach (var file in files)
        {
            foreach (var document in parsed.Where(each => each.Errors == file && !inheritance.IsBase(each)))
            {
                if (BindingAttempt.Run(document, () => DocumentBinding.Bind(document, inheritance, holidays, kinds)) is { } bound)
                {
                    documents.Add(bound);
                }
            }
        }

        return documents;
    }

    private static IReadOnlyList<PolicyError> Sorted(IEnumerable<PolicyError> errors) =>
    [
        .. errors
            .Distinct()
            .OrderBy(error => error.Source.File, StringComparer.Ordinal)
            .ThenBy(error => error.Source.Line)
            .ThenBy(error => error.Source.Column),
    ];

    /// <summary>
    /// Lengths go in before the bytes, so that no two sets of files run together into the same input. Of a file that is too
    /// large only the length and the part a reader had to load count: it is refused, not read.
    /// </summary>
    private static string VersionOf(IReadOnlyList<PolicyFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(file.Name), int.MaxValue);
            Append(hash, file.Content.Span, PolicyFile.MaximumBytes + 1);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes, int most)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes[..Math.Min(bytes.Length, most)]);
    }
}
