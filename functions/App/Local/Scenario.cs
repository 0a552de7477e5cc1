using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Local;

/// <summary>A local run that shows one thing: an estate, what goes wrong in it, and policies, which are put beside the state to be read and changed.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Shows">What is to be seen, in a line.</param>
/// <param name="Estate">By the seed of its load.</param>
/// <param name="Faults">What goes wrong.</param>
internal sealed record Scenario(string Name, string Shows, Func<int, EstateSpec> Estate, IReadOnlyList<FaultRule> Faults)
{
    private const string Bad = "Standard_D2s_v5";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(
            "rightsize", $"'web' steps down a size at night; 'api' does, too, is not well with {Bad} and gets its old size back", Oversized,
            [new FaultRule { Effect = new UnhealthySize(Bad), Target = "virtualMachineScaleSets/api" }]),
        OffHours,
        new(
            "overspend", "three days before a month ends spend runs away, a budget's ladder climbs step by step, and at the month's turn everything is as before",
            _ => OverspendEstate.Create(), []),
    ];

    /// <summary>When the simulated time begins; absent: as always.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>
    /// A week from a Monday evening on, by the clock of Zurich: Tuesday is a holiday, on Wednesday evening a tag keeps 'build-1' on
    /// until ten, on Thursday morning machines cannot be listed until twenty past seven, and on Friday morning Azure has none of the
    /// size of 'build-1'.
    /// </summary>
    private static Scenario OffHours
    {
        get
        {
            var monday = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
            return new Scenario(
                "offhours", "nights, a holiday, a snooze, a missed run made up for, and a morning without capacity that another size saves", _ => Office(),
                [
                    new FaultRule
                    {
                        Effect = new AnswerWith(503), Target = @"providers/Microsoft\.Compute/virtualMachines\?", Method = "GET",
                        From = monday.AddDays(3).AddHours(5.5), Until = monday.AddDays(3).AddHours(6).AddMinutes(20),
                    },
                    new FaultRule
                    {
                        Effect = new SizeNotAllocated("Standard_D4s_v5"), Target = "virtualMachines/build-1",
                        From = monday.AddDays(4).AddHours(5), Until = monday.AddDays(4).AddHours(9),
                    },
                ])
            {
                Start = monday.AddHours(17.5),
            };
        }
    }

    public static Scenario? Named(string? name) => All.FirstOrDefault(scenario => scenario.Name == name);

    /// <summary>Where the policies of a scenario are put.</summary>
    public static string PoliciesIn(string state) => Path.Combine(state, "policies");

    /// <summary>Writes its policies into a directory, unless they are there already.</summary>
    /// <returns>The directory.</returns>
    public string PutPolicies(string state)
    {
        var directory = PoliciesIn(state);
        Directory.CreateDirectory(directory);
        if (!Put(directory, $"{Name}.yml"))
        {
            throw new InvalidOperationException($"the program has no policies of the scenario {Name}");
        }

        Put(directory, $"{Name}.ics");
        return directory;
    }

    private static bool Put(string directory, string name)
    {
        using var from = typeof(Scenario).Assembly.GetManifestResourceStream($"scenarios/{name}");
        var file = Path.Combine(directory, name);
        if (from is not null && !File.Exists(file))
        {
            using var to = File.Create(file);
            from.CopyTo(to);
        }

        return from is not null;
    }

    /// <summary>An office: a scale set of six, and machines of which one has hours of its own.</summary>
    private static EstateSpec Office()
    {
        var web = EstateSpec.CreateDefault(seed: 1).ScaleSets[0] with { InitialCapacity = 6, Load = new ConstantLoad(0.5) };
        return new EstateSpec([web])
        {
            VirtualMachines =
            [
                Machine("build-1", web.Id.Subscription, ("off-hours", "on"), ("scalefunctions:snooze", "2026-01-07T21:00Z")),
                Machine("build-2", web.Id.Subscription, ("off-hours", "off=(M-F,19);on=(M-F,20);tz=Europe/Zurich")),
                Machine("db-1", web.Id.Subscription, ("off-hours", "")),
                Machine("legacy", web.Id.Subscription, ("off-hours", "weekends please")),
            ],
        };
    }

    private static VirtualMachineSpec Machine(string name, string subscription, params (string Key, string Value)[] tags) => new()
    {
        Id = VirtualMachineSpec.IdOf(subscription, "office", name),
        Load = new ConstantLoad(0.02),
        Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value),
    };

    /// <summary>Loads of which the smaller size could carry twice as much, and both fleets at their minimum.</summary>
    private static EstateSpec Oversized(int seed)
    {
        var estate = EstateSpec.CreateDefault(seed);
        var (web, api) = (estate.ScaleSets[0], estate.ScaleSets[1]);
        return new EstateSpec(
        [
            web with { Sku = "Standard_D8s_v5", InitialCapacity = 6, Load = Quiet(seed) },
            api with { Sku = "Standard_D4s_v5", InitialCapacity = 6, Load = Quiet(seed + 1) },
        ]);
    }

    private static GeneratedLoad Quiet(int seed) => new(new GeneratedLoadShape { Mean = 0.7, DailyAmplitude = 0.4, BurstsPerDay = 0 }, seed);
}
