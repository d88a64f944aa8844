package io.procmodel.event;

/** Something that happened to an app as a whole. */
public sealed interface AppEvent extends PlatformEvent
        permits AddOnChanged,
                AppCreated,
                DynoHoursSpent,
                FormationChanged,
                FrontageChanged,
                DynoSizeUndefined,
                LedgerCut,
                ReleaseCreated,
                ReleaseSettled {}
